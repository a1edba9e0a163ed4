import type { Lang } from "../../domain/text.ts";
import type { Doubted, Preview, PromptSample } from "../../importing/preview.ts";

import { kinds } from "../../importing/typing/kinds.ts";

const mostDimensions = 12;
const mostPromptLines = 14;

/** What became of a table: by type and grader, by dimension, prompts, guesses and how to change them, and what a person should see. */
export function previewLines(preview: Preview, hasJudges: boolean, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  return [
    ...heading(zh ? "题型 → 评分" : "Types → graders", preview.kinds.length),
    ...preview.kinds.map(
      ({ kind, grader, count }) => `  ${kinds[kind][lang]} ${count} → ${grader}`,
    ),
    ...dimensionLines(preview, zh),
    ...judgedLines(preview, hasJudges, zh),
    ...heading(zh ? "会这样提问（例）" : "Asked like this (examples)", preview.samples.length),
    ...preview.samples.flatMap((sample) => sampleLines(sample, lang)),
    ...heading(zh ? "怎样读的" : "How it was read", preview.notes.length),
    ...preview.notes.map(
      ({ text, change, sure }) =>
        `  ${sure ? "" : zh ? "【猜的】" : "[guess] "}${text[lang]}${change === null ? "" : zh ? `；改法：${change}` : `; to change it: ${change}`}`,
    ),
    ...heading(zh ? "要人看的" : "For a person", preview.doubts.length),
    ...preview.doubts.map((doubt) => `  ${doubtLine(doubt, zh)}`),
  ];
}

const heading = (text: string, count: number): readonly string[] =>
  count === 0 ? [] : [`${text}：`];

function dimensionLines({ dimensions }: Preview, zh: boolean): readonly string[] {
  if (dimensions.length === 0) return [];
  const shown = dimensions.slice(0, mostDimensions).map(({ path, count }) => `${path} ${count}`);
  const more = dimensions.length - shown.length;
  const rest = more <= 0 ? "" : zh ? ` 等 ${dimensions.length} 类` : ` and ${more} more`;
  return [`${zh ? "分类：" : "Dimensions: "}${shown.join(zh ? "、" : ", ")}${rest}`];
}

function judgedLines({ judged }: Preview, hasJudges: boolean, zh: boolean): readonly string[] {
  if (judged === 0) return [];
  if (hasJudges)
    return [
      zh
        ? `其中 ${judged} 题的答案是成句的：先按规则，规则判不了对的交裁判，报告里两种得分都有`
        : `${judged} have an answer in prose: what the rule does not find right goes to the judge; reports show both scores`,
    ];
  return [
    zh
      ? `其中 ${judged} 题的答案是成句的，要有裁判：在 baimo.yaml 里写 judges: {default: [服务商/模型]}（试用：sim/caipan）。没有裁判时，规则判不了对的记为待裁（未判），不计入得分，可用 baimo review 由人裁定`
      : `${judged} have an answer in prose and need a judge: write judges: {default: [vendor/model]} into baimo.yaml (to try it: sim/caipan). Without one, what the rule does not find right waits (ungraded), is not in the score, and people rule on it in baimo review`,
  ];
}

function sampleLines(
  { kind, grader, place, prompt, gold }: PromptSample,
  lang: Lang,
): readonly string[] {
  const lines = prompt.split("\n");
  const shown = lines.slice(0, mostPromptLines);
  const title = kind === null ? grader : `${kinds[kind][lang]} → ${grader}`;
  const zh = lang === "zh";
  return [
    zh ? `  —— 第 ${place} 行，${title}` : `  —— row ${place}, ${title}`,
    ...shown.map((line) => `  │ ${line}`),
    ...(lines.length > shown.length ? ["  │ ……"] : []),
    `  └ ${zh ? "标准答案：" : "gold: "}${gold.replaceAll("\n", " ⏎ ")}`,
  ];
}

function doubtLine({ text, count, rows }: Doubted, zh: boolean): string {
  const listed = rows.join(zh ? "、" : ", ");
  const more = count > rows.length ? (zh ? " 等" : " …") : "";
  return zh
    ? `${count} 题：${text.zh}（行 ${listed}${more}）`
    : `${count}: ${text.en} (rows ${listed}${more})`;
}
