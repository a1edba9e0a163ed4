import type { Lang } from "../../domain/text.ts";
import type { Anchors, NightRecord } from "./record.ts";

/** Graders that are other ones, or of another version, since the night before. */
export type GraderChange = {
  /** `choice 8 → choice 9`. */
  readonly graders: readonly string[];
  /** Anchors whose kept answers were graded again, and nights whose answers were. */
  readonly regraded: number;
  readonly nights: number;
  /** Anchors that were not graded again: the series breaks for them. */
  readonly broken: number;
};

/** How graders changed from the night before to the last one; null where they did not. */
export function graderChange(nights: readonly NightRecord[]): GraderChange | null {
  const [last, before] = [nights.at(-1)?.anchors, nights.at(-2)?.anchors];
  if (last === undefined || before === undefined || last === before) return null;
  const told = new Set<string>();
  const tell = (from: number, to: number): void => {
    told.add(`${graderName(before, from)}${arrow}${graderName(last, to)}`);
  };
  const current = new Map(last.items.map((_, at) => [askOf(last, at), last.grader[at] ?? 0]));
  const old = new Map(
    before.before?.places.map((place, at) => [place, before.before?.graders[at]]),
  );
  let [regraded, broken] = [0, 0];
  for (const at of before.items.keys()) {
    const [now, then, first] = [
      current.get(askOf(before, at)) ?? 0,
      before.grader[at] ?? 0,
      old.get(at),
    ];
    if (now === 0 || then === 0) continue;
    if (now !== then) {
      broken++;
      tell(then, now);
    } else if (first !== undefined && last.before === null) {
      regraded++;
      tell(first, now);
    }
  }
  if (regraded + broken === 0) return null;
  const since = nights.slice(0, -1).findLastIndex(({ anchors }) => anchors.before === null);
  return {
    graders: [...told],
    regraded,
    nights: regraded === 0 ? 0 : nights.length - 2 - since,
    broken,
  };
}

const askOf = ({ items, ask, gold }: Anchors, at: number): string =>
  `${items[at]} ${ask[at]} ${gold[at]}`;

const graderName = ({ graders }: Anchors, grader: number): string =>
  graders[grader] ?? grader.toString(16);

/** 评分器 choice 8 → choice 9：12 道锚题，留存的 30 夜作答已按新版重评 */
export function graderLines(change: GraderChange | null, lang: Lang): readonly string[] {
  if (change === null) return [];
  const { graders, regraded, nights, broken } = change;
  const zh = lang === "zh";
  const parts = [
    regraded === 0
      ? null
      : zh
        ? `${regraded} 道锚题，留存的 ${nights} 夜作答已按新版重评，曲线不断`
        : `${regraded} anchors; the kept answers of ${nights} nights were graded again, and the series goes on`,
    broken === 0
      ? null
      : zh
        ? `${broken} 道锚题没有重评（没有留存作答，或由裁判评分），与以前的夜晚不可比`
        : `${broken} anchors were not graded again (no answers kept, or judges decide them) and cannot be compared with earlier nights`,
  ].filter((part) => part !== null);
  return [
    zh
      ? `评分器有变（${graders.map((each) => changeText(each, lang)).join("、")}）：${parts.join("；")}`
      : `Graders changed (${graders.map((each) => changeText(each, lang)).join(", ")}): ${parts.join("; ")}`,
  ];
}

/** A grader of the same version is another one by its options or its judges. */
function changeText(change: string, lang: Lang): string {
  const [from, to] = change.split(arrow);
  if (from !== to) return change;
  return lang === "zh"
    ? `${to}：版本没变，选项或裁判（judges）变了`
    : `${to}: the same version with other options or judges`;
}

const arrow = " → ";
