import type { Text } from "../../../domain/text.ts";
import type { TenderClause } from "../clause.ts";
import type { LoadLevel, ClauseMeasure } from "../measures/measure.ts";

import { measures } from "../measures/registry.ts";
import { readBound } from "./bound.ts";
import { splitLevel } from "./load-level.ts";
import { measureIn } from "./measure-name.ts";

/** What one figure in the words of a clause asks for. */
type ProseClause = Pick<TenderClause, "measure" | "bound" | "of" | "at" | "remarks">;

/** Sentences about people and contracts, whose numbers are not those of a model. */
const notAboutModels =
  /售后|到场|上门|驻场|故障|报修|工单|维修|维保|培训|交付|工期|质保|付款|保证金|验收|项目经理|违约|备件|服务时间|证书|资质|业绩/u;

/**
 * Figures in the words of a clause: a measure's name and behind it a bound that fits. What stands before the name is kept as what it
 * is measured on, so that 意图识别准确率 is never answered with the accuracy of something else.
 */
export function proseClauses(
  words: string,
  level: LoadLevel | null,
): { readonly found: readonly ProseClause[]; readonly remarks: readonly Text[] } {
  const whole = splitLevel(words);
  const found: ProseClause[] = [];
  const remarks: Text[] = [];
  const isService = notAboutModels.test(words);
  for (const segment of segmentsOf(whole.rest)) {
    const head = segment.slice(0, boundStart(segment));
    const named = measureIn(head);
    if (named === null) continue;
    if ("problem" in named) {
      if (!isService) remarks.push(named.problem);
      continue;
    }
    const at = level ?? whole.at;
    const reading = named.candidates
      .map((each) => loaded(each, at))
      .map((measure) => ({ measure, read: readBound(segment.slice(head.length), measure) }))
      .find(({ read }) => read !== null && "bound" in read);
    if (reading === undefined || reading.read === null || "problem" in reading.read) continue;
    const { measure, read } = reading;
    if (isService && (measure.unit === "time" || measure.view === "#/failures")) continue;
    const takesScope = measure.takes.includes("of");
    if (
      named.rest !== "" &&
      !takesScope &&
      !measure.takes.includes("at") &&
      measure.view !== "#/load"
    )
      continue;
    found.push({
      measure,
      bound: read.bound,
      of: takesScope && named.rest !== "" ? named.rest : null,
      at: measure.takes.includes("at") ? at : null,
      remarks: read.remarks,
    });
  }
  return { found, remarks };
}

const loaded = (measure: ClauseMeasure, at: LoadLevel | null): ClauseMeasure =>
  at === null ? measure : (measures.find(({ id }) => id === measure.underLoad) ?? measure);

/** Sentences, and parts of them that each have a number. */
function segmentsOf(text: string): readonly string[] {
  return text
    .split(/[。；;\n]|(?<=\d[^，,、]{0,12})[，,、](?=.*\d)/u)
    .map((each) => each.trim())
    .filter((each) => /\d/.test(each));
}

const relationStart =
  /[≥≤<>]|(?:应|须|要|均)?(?:不|不得|不应|不能|不可)?(?:低于|少于|小于|超过|超出|高于|大于|多于)|至少|至多|最多|不亚于|达到|控制在|at least|at most|no (?:more|less|fewer) than|not (?:exceed|less|more)|within|under|below|above/iu;

/** Where the bound begins: at its relation, else at the last number of the segment that belongs to no name such as P95. */
function boundStart(segment: string): number {
  const relation = relationStart.exec(segment);
  if (relation !== null) return relation.index;
  const number = [...segment.matchAll(/(?<![A-Za-z\d.])\d/gu)].at(-1);
  return number?.index ?? segment.length;
}
