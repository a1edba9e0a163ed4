import type { JudgeOptions } from "./options.ts";

/**
 * The part of a prompt that all replies of a task share. It comes first, so that vendors that cache prefixes need not read
 * it again. A template of one's own stands for `lead`; criteria and examples that it does not name follow it.
 */
export function fixedText(
  { template, examples = [] }: Pick<JudgeOptions, "template" | "examples">,
  lead: readonly string[],
  body: string | null,
): string {
  const shown = examples.length === 0 ? "" : examplesText(examples);
  const parts = { criteria: body ?? "", steps: lead.at(-1) ?? "", examples: shown };
  if (template === undefined) {
    return [...lead, parts.criteria, shown].filter((each) => each !== "").join("\n\n");
  }
  const filled = template.replaceAll(blank, (_, name: keyof typeof parts) => parts[name]).trim();
  const left = (["criteria", "examples"] as const)
    .filter((name) => !template.includes(`{{${name}}}`))
    .map((name) => parts[name]);
  return [filled, ...left].filter((each) => each !== "").join("\n\n");
}

const blank = /\{\{(criteria|steps|examples)\}\}/g;

const examplesText = (examples: NonNullable<JudgeOptions["examples"]>): string =>
  [
    "下面是已经由人评好的例子，照同样的尺度来评：",
    ...examples.map(({ question, reply, verdict, reason }, index) =>
      [
        `例 ${index + 1}`,
        `题目：${question}`,
        `回答：${reply}`,
        `判定：${JSON.stringify(verdict)}`,
        ...(reason === undefined ? [] : [`依据：${reason}`]),
      ].join("\n"),
    ),
  ].join("\n\n");
