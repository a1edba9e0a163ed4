import type { Sample } from "../../domain/grader.ts";
import type { Contract, VerdictForm, VerdictFormat } from "./contract.ts";
import type { JudgedSample } from "./material.ts";
import type { JudgeOptions } from "./options.ts";

import { allowedText, closingRules, schemaOf } from "./contract.ts";
import { materialOf } from "./material.ts";
import { criteriaOf, markedNames, overallMark } from "./options.ts";
import {
  boundsOf,
  criterionLine,
  materialRule,
  overallLines,
  personas,
  stepLines,
} from "./prompt-parts.ts";
import { fixedText } from "./template.ts";
import {
  changedAnswer,
  changedMark,
  checklistInterpreter,
  type Marks,
  marksInterpreter,
} from "./verdict/criteria.ts";
import { readVerdict } from "./verdict/verdict.ts";

export { boundsOf } from "./prompt-parts.ts";

/** Marks on every criterion of a scale. */
export function marksContract(
  sample: JudgedSample,
  options: JudgeOptions,
  format: VerdictFormat = "line",
): Contract<Marks> {
  const names = markedNames(options);
  const { low, high } = boundsOf[options.scale];
  const { code, question, hints, reply } = materialOf(sample, [sample.reply], options, true);
  const values = Array.from({ length: high - low + 1 }, (_, step) => low + step);
  const form = names.map((name) => ({ key: name, blank: `<${low}-${high}>`, values }));
  const interpret = marksInterpreter(names, low, high);
  return {
    ...partsOf(code, form, format),
    prompt: [
      fixedText(
        options,
        [personas.marks, materialRule, stepLines.join("\n")],
        criteriaText(options),
      ),
      question,
      reply("回答", sample.reply),
      ...hints,
      closingRules(code, form, format, hasReference(sample, options)),
    ].join("\n\n"),
    read: (text) => readVerdict(text, code, interpret),
    changed: (first, marks) => changedMark(first, code, marks, low, high),
  };
}

function criteriaText(options: JudgeOptions): string {
  const { low, high } = boundsOf[options.scale];
  return [
    `各项单独打分，${low} 到 ${high} 的整数，先写证据，再给分：`,
    ...criteriaOf(options).map((each, index) => criterionLine(each, index, options.scale)),
    ...(markedNames(options).includes(overallMark) ? overallLines(options) : []),
  ].join("\n");
}

/** True where there is something of the suite's that the judge may doubt. */
export const hasReference = (
  { gold }: Pick<Sample, "gold">,
  { reference }: JudgeOptions,
): boolean =>
  reference === "use" &&
  gold.reference_kind !== "none" &&
  (gold.reference !== null || gold.answer !== null || gold.answers !== null);

/** What every contract says of its form. */
export const partsOf = (code: string, form: VerdictForm, format: VerdictFormat) => ({
  code,
  allowed: allowedText(form),
  schema: format === "json" ? schemaOf(code, form) : null,
});

/** Yes or no for each point of a list. */
export function checklistContract(
  sample: JudgedSample,
  options: JudgeOptions,
  format: VerdictFormat = "line",
): Contract<Marks> {
  const points = pointsOf(sample, options);
  const { code, question, hints, reply } = materialOf(sample, [sample.reply], options, false);
  const values = ["是", "否"] as const;
  const form = points.map((_, index) => ({ key: String(index + 1), blank: `"<是/否>"`, values }));
  const list = ["检查项：", ...points.map((point, index) => `${index + 1}. ${point}`)].join("\n");
  const isFixed = options.checklist !== undefined;
  return {
    ...partsOf(code, form, format),
    prompt: [
      fixedText(options, [personas.checklist, materialRule], isFixed ? list : null),
      ...(isFixed ? [] : [list]),
      question,
      reply("回答", sample.reply),
      ...hints,
      closingRules(code, form, format, hasReference(sample, options)),
    ].join("\n\n"),
    read: (text) => readVerdict(text, code, checklistInterpreter(points)),
    changed: (first, marks) => changedAnswer(first, code, marks),
  };
}

/** The points in the options, else those of the item's rubric. */
export function pointsOf({ gold }: Pick<Sample, "gold">, options: JudgeOptions): readonly string[] {
  if (options.checklist !== undefined) return options.checklist;
  const { rubric } = gold;
  return Array.isArray(rubric) ? rubric.filter((each) => typeof each === "string") : [];
}
