import type { LoadStep } from "../../domain/load/lines.ts";
import type { Lang, Text } from "../../domain/text.ts";

import { levelText } from "../../report/load/text.ts";
import { percent, seconds } from "../../report/render/format.ts";
import { cellsOf, cut } from "../../report/render/width.ts";

/** A step as the screen knows it while rows come in. */
export type StepView = {
  readonly target: string;
  readonly step: number;
  /** Null while it is under way. */
  readonly line: LoadStep | null;
  readonly sent: number;
  readonly measured: number;
  readonly good: number;
  readonly limited: number;
  /** First tokens of measured requests, in milliseconds from dispatch. */
  readonly first: readonly number[];
};

const bar = { least: 8, most: 24 };
const levelCells = 10;

/** What is left out first where a screen is narrow stands last. */
const parts: readonly ((view: StepView) => Text | null)[] = [
  ({ line }) =>
    line?.self_check.trusted === false
      ? { zh: "不可信：本机太慢", en: "not trusted: late here" }
      : null,
  ({ measured, good }) => {
    const share = percent(measured === 0 ? null : good / measured);
    return { zh: `达标 ${share.padStart(5)}`, en: `good ${share.padStart(5)}` };
  },
  ({ first }) => {
    const middle = seconds(first.toSorted((a, b) => a - b)[Math.floor(first.length / 2)] ?? null);
    return { zh: `首字 ${middle.padStart(5)} 秒`, en: `TTFT ${middle.padStart(5)} s` };
  },
  ({ limited }) => (limited === 0 ? null : { zh: `429 ${limited}`, en: `429 ${limited}` }),
  ({ sent }) => ({ zh: `已发 ${sent}`, en: `sent ${sent}` }),
  ({ target }) => ({ zh: target, en: target }),
];

/** The line of a step, never wider than the screen: its level, a bar of good requests, and as many figures as fit beside it. */
export function curveLine(view: StepView, lang: Lang, columns: number): string {
  const level =
    view.line === null ? { zh: "进行中", en: "under way" }[lang] : levelText(view.line, lang);
  const head = " ".repeat(Math.max(0, levelCells - cellsOf(level))) + level;
  const all = parts.flatMap((part) => part(view)?.[lang] ?? []);
  const room = columns - cellsOf(head) - 1;
  let shown = all.length;
  while (shown > 0 && widthOf(all.slice(0, shown)) + bar.least > room) shown -= 1;
  const texts = all.slice(0, shown);
  const width = Math.max(0, Math.min(bar.most, room - widthOf(texts)));
  const share = view.measured === 0 ? 0 : view.good / view.measured;
  const full = Math.round(share * width);
  const drawn = "█".repeat(full) + "░".repeat(width - full);
  return cut([head, drawn, ...texts].join(" "), columns);
}

/** With a space before each. */
const widthOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + cellsOf(text) + 1, 0);

/** What stands above the steps. */
export const curveTitle = (ms: number, lang: Lang, columns: number): string =>
  cut(
    {
      zh: `压力测试 ${seconds(ms)} 秒 · Ctrl-C 立即停下并出表`,
      en: `Load, ${seconds(ms)} s · Ctrl-C stops at once and prints the table`,
    }[lang],
    columns,
  );
