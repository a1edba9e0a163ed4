import type { Problem, Text } from "../../../domain/text.ts";
import type { TenderClause } from "../clause.ts";
import type { LoadLevel, ClauseMeasure } from "../measures/measure.ts";
import type { ClauseField, RawClause } from "./raw-clause.ts";

import { measures } from "../measures/registry.ts";
import { markAtStart, markIn, stateIn } from "./answers.ts";
import { readBound } from "./bound.ts";
import { levelIn, splitLevel } from "./load-level.ts";
import { measureIn, unknownMeasure } from "./measure-name.ts";
import { proseClauses } from "./prose.ts";
import { wholeUnit } from "./units.ts";

export type Understood = {
  readonly clauses: readonly TenderClause[];
  readonly problems: readonly Problem[];
};

/** What is known of a clause before its measure. */
type Common = Omit<TenderClause, "measure" | "bound" | "of" | "at" | "remarks">;

const byHand = /^(?:用户填写|人工|人工填写|手工|不适用|无|manual|user|n\/a|-|—|\/)$/iu;

/**
 * Turns the texts of one clause into what is asked for. Without a measure of its own its requirement is read: several figures in one
 * make several clauses, none leaves it to the user.
 */
export function understand(raw: RawClause): Understood {
  const { fields, placeOf, strict } = raw;
  const problems: Problem[] = [];
  const report = (field: ClauseField, message: Text): void => {
    problems.push({ place: placeOf(field), message });
  };
  const marked = markOf(raw, report);
  const state = fields.state === undefined ? null : stateIn(fields.state);
  if (fields.state !== undefined && state === null && strict)
    report("state", unknownState(fields.state));
  const level = fields.at === undefined ? null : levelIn(fields.at);
  if (fields.at !== undefined && level === null && strict) report("at", unknownLevel(fields.at));
  const common: Common = {
    no: marked.no,
    mark: marked.mark,
    requirement: marked.requirement,
    label: fields.label ?? null,
    stated: {
      state,
      value: fields.value ?? (state === null && !strict ? (fields.state ?? null) : null),
      evidence: fields.evidence ?? null,
    },
    place: placeOf("requirement"),
  };
  const own = (remarks: readonly Text[]): TenderClause => ({
    ...common,
    measure: null,
    bound: null,
    of: null,
    at: null,
    remarks: [...marked.remarks, ...remarks],
  });
  const done = (clauses: readonly TenderClause[]): Understood => ({ clauses, problems });
  const named = fields.measure?.trim() ?? "";
  if (byHand.test(named) || (named === "" && strict)) return done([own([])]);
  if (named === "") return done(fromProse(raw, common, own, level));
  const found = measureIn(splitLevel(named).rest);
  if (found === null) {
    const { message, close } = unknownMeasure(named);
    if (!strict && !close) {
      const read = fromProse(raw, common, own, level);
      return done(read.every(({ measure }) => measure === null) ? [own([notOurs(named)])] : read);
    }
    report("measure", message);
    return done([]);
  }
  if ("problem" in found) {
    if (!strict) return done([own([found.problem])]);
    report("measure", found.problem);
    return done([]);
  }
  const at = level ?? splitLevel(named).at ?? splitLevel(marked.requirement).at;
  const candidates = underLoad(found.candidates, strict ? level : at);
  const topic = isEffect(candidates[0]) ? (fields.topic ?? null) : null;
  const scope = scopeOf(found.rest, candidates[0], fields.of ?? topic);
  if ("why" in scope) {
    if (!strict) return done([own([scope.why])]);
    report("measure", scope.why);
    return done([]);
  }
  const read = boundOf(raw, candidates, marked.requirement);
  if ("problem" in read) {
    report(read.field, read.problem);
    return done([]);
  }
  const { measure } = read;
  if (strict) checkTakes(raw, measure, report);
  return done([
    {
      ...common,
      measure,
      bound: read.bound,
      of: measure.takes.includes("of") ? scope.of : null,
      at: measure.takes.includes("at") ? (strict ? level : at) : null,
      remarks: [...marked.remarks, ...read.remarks],
    },
  ]);
}

type Marked = {
  readonly no: string;
  readonly mark: TenderClause["mark"];
  readonly requirement: string;
  readonly remarks: readonly Text[];
};

function markOf(
  { fields, strict }: RawClause,
  report: (field: ClauseField, message: Text) => void,
): Marked {
  const number = markAtStart(fields.no ?? "");
  const words = markAtStart(
    fields.requirement ??
      [fields.topic, fields.measure, givenBound(fields), fields.unit].filter(Boolean).join(" "),
  );
  const measure = markAtStart(fields.measure ?? "");
  const said = fields.mark === undefined ? null : markIn(fields.mark);
  if (said === undefined && strict) report("mark", unknownMark(fields.mark ?? ""));
  return {
    no: number.rest.trim(),
    mark: said ?? number.mark ?? words.mark ?? measure.mark,
    requirement: words.rest.trim(),
    remarks: [number.remark, words.remark].filter((each) => each !== null).slice(0, 1),
  };
}

/** The figures that the words of a clause ask for, under numbers of their own where there are several. */
function fromProse(
  { fields }: RawClause,
  common: Common,
  own: (remarks: readonly Text[]) => TenderClause,
  level: LoadLevel | null,
): readonly TenderClause[] {
  const words = [common.requirement, fields.relation, fields.bound, fields.unit]
    .filter(Boolean)
    .join(" ");
  const { found, remarks } = proseClauses(words, level);
  if (found.length === 0) return [own(remarks)];
  return found.map((each, at) => ({
    ...common,
    ...each,
    no: found.length === 1 ? common.no : `${common.no}-${at + 1}`,
    remarks: [...each.remarks, readFromWords],
  }));
}

/** Under a load other measures answer; those that have none stay as they are. */
const underLoad = (
  candidates: readonly ClauseMeasure[],
  at: LoadLevel | null,
): readonly ClauseMeasure[] =>
  at === null
    ? candidates
    : candidates.map((each) => measures.find(({ id }) => id === each.underLoad) ?? each);

/** Words beside a measure's name say on what it is measured. */
function scopeOf(
  rest: string,
  measure: ClauseMeasure | undefined,
  told: string | null,
): { readonly of: string | null } | { readonly why: Text } {
  if (told !== null || rest === "") return { of: told };
  if (measure?.takes.includes("of") === true) return { of: rest };
  return {
    why: {
      zh: `“${rest}”的“${measure?.name.zh ?? ""}”不在 baimo 的测量范围里`,
      en: `"${measure?.name.en ?? ""}" of "${rest}" is nothing that baimo measures`,
    },
  };
}

/** How good answers are depends on what is asked; how long they take, hardly. */
const isEffect = (measure: ClauseMeasure | undefined): boolean =>
  measure !== undefined &&
  (measure.view === "#/board" || measure.view === "#/scores") &&
  measure.unit === "share";

type BoundFound =
  | {
      readonly measure: ClauseMeasure;
      readonly bound: TenderClause["bound"];
      readonly remarks: readonly Text[];
    }
  | { readonly problem: Text; readonly field: ClauseField };

/** The bound of its own column, else that of the requirement's words; the candidate that its unit fits. */
function boundOf(
  { fields }: RawClause,
  candidates: readonly ClauseMeasure[],
  requirement: string,
): BoundFound {
  const unit =
    wholeUnit(fields.unit ?? "") ??
    wholeUnit(/[(（]([^()（）]+)[)）]/u.exec(fields.measure ?? "")?.[1] ?? "");
  const given = givenBound(fields);
  const [first] = candidates;
  if (first === undefined) throw new Error("a named measure has a candidate");
  const text = given === "" ? splitLevel(requirement).rest : splitLevel(given).rest;
  const readings = candidates.map((measure) => ({ measure, read: readBound(text, measure, unit) }));
  const good = readings.find(({ read }) => read !== null && "bound" in read) ?? readings[0];
  if (good?.read == null)
    return given === ""
      ? { measure: first, bound: null, remarks: [] }
      : { problem: noNumber(given), field: "bound" };
  const { measure, read } = good;
  if ("problem" in read) {
    if (given === "") return { measure, bound: null, remarks: [read.problem] };
    return { problem: read.problem, field: "bound" };
  }
  return { measure, bound: read.bound, remarks: read.remarks };
}

/** The bound of one column, or of a pair of columns for its ends. */
function givenBound({ relation, bound, lower, upper }: RawClause["fields"]): string {
  if (lower !== undefined && upper !== undefined) return `${lower}~${upper}`;
  if (lower !== undefined) return withSign("≥", lower);
  if (upper !== undefined) return withSign("≤", upper);
  return [relation, bound].filter(Boolean).join(" ");
}

const withSign = (sign: string, text: string): string =>
  /^\s*[\d.]/.test(text) ? `${sign} ${text}` : text;

/** A field that the measure does not look at would be believed to count. */
function checkTakes(
  { fields }: RawClause,
  measure: ClauseMeasure,
  report: (field: ClauseField, message: Text) => void,
): void {
  for (const field of ["of", "label", "at"] as const) {
    if (fields[field] === undefined || measure.takes.includes(field)) continue;
    report(field, {
      zh: `“${measure.name.zh}”不看 ${field}；请删去，或换一个指标`,
      en: `"${measure.name.en}" does not look at ${field}; leave it out, or name another measure`,
    });
  }
}

const readFromWords: Text = {
  zh: "指标和界限由要求的文字读出",
  en: "measure and bound were read from the words of the requirement",
};
const notOurs = (name: string): Text => ({
  zh: `“${name}”不是 baimo 测得出的指标`,
  en: `"${name}" is nothing that baimo measures`,
});
const unknownState = (text: string): Text => ({
  zh: `state 应是“满足”“不满足”或“未测”，得到“${text}”`,
  en: `state must be 满足, 不满足 or 未测 (met, missed, untested); got "${text}"`,
});
const unknownLevel = (text: string): Text => ({
  zh: `at 应是压力，如“200 并发”或“20 QPS”，得到“${text}”`,
  en: `at must be a load such as "200 users" or "20 QPS"; got "${text}"`,
});
const unknownMark = (text: string): Text => ({
  zh: `mark 应是 ★ 或 ▲，得到“${text}”`,
  en: `mark must be ★ or ▲; got "${text}"`,
});
const noNumber = (text: string): Text => ({
  zh: `界限“${text}”里没有数；应写成“≥ 99%”“不超过 300 毫秒”`,
  en: `there is no number in the bound "${text}"; write it as "≥ 99%" or "at most 300 ms"`,
});
