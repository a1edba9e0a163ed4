import type { Lang } from "../../../domain/text.ts";
import type { ChoiceResult, ChoiceRange, ChoiceTarget } from "../choose.ts";
import type { WeightSwitch } from "../sensitivity.ts";

import { inChoice, swaySentence } from "../../leaderboard/notes/sway-text.ts";
import { fixed, percent, points } from "../../render/format.ts";
import { tieSlack } from "../standing.ts";
import { nameOfTarget, rankedOf } from "./names.ts";
import { rangeName, winnerName } from "./tables.ts";

/** Share of the draws from which on a target is said to be first: two-sided 5% between two that are equal. */
const sureFirst = 0.975;

/** What to choose, how sure that is, what would change it, and who is out, in a few sentences. */
export function choiceConclusion(choice: ChoiceResult, lang: Lang): string {
  const first = `${firstSentence(choice, lang)}${swaySentence(choice.suites, inChoice, lang)}`;
  return [first, nearestSentence(choice, lang), outSentence(choice, lang)]
    .filter((each) => each !== "")
    .join(lang === "zh" ? "" : " ");
}

function firstSentence(choice: ChoiceResult, lang: Lang): string {
  const zh = lang === "zh";
  const [first, ...others] = rankedOf(choice);
  if (first === undefined)
    return zh ? "没有目标可以排名，原因见下。" : "No target can be ranked; see below why.";
  const name = nameOfTarget(first, lang);
  const total = points(first.total);
  if (others.length === 0)
    return zh
      ? `能排名的只有 ${name}（${total} 分），没有可比的。`
      : `${name} (${total}) alone can be ranked: there is nothing to compare it with.`;
  const tied = others.filter((each) => (first.total ?? 0) - (each.total ?? 0) <= tieSlack);
  const draws = choice.draws.toLocaleString("en-US");
  if (tied.length > 0) {
    const names = [first, ...tied].map((each) => nameOfTarget(each, lang));
    return zh
      ? `${names.join("、")} 并列第一，都是 ${total} 分，这张计分卡分不出高下。`
      : `${names.join(", ")} tie with ${total}: this card cannot tell them apart.`;
  }
  const chance = first.simulation?.first ?? 0;
  if (chance >= sureFirst)
    return zh
      ? `按这张计分卡选 ${name}：${total} 分，模拟 ${draws} 次有 ${percent(chance)} 居首。`
      : `By this card choose ${name}: ${total} points, first in ${percent(chance)} of ${draws} simulations.`;
  const rivals = others
    .filter((each) => (each.simulation?.first ?? 0) >= 1 - sureFirst)
    .toSorted((a, b) => (b.simulation?.first ?? 0) - (a.simulation?.first ?? 0))
    .slice(0, 3)
    .map((each) => `${nameOfTarget(each, lang)} ${percent(each.simulation?.first ?? 0)}`);
  return zh
    ? `${name} 总分最高（${total} 分），但模拟 ${draws} 次只有 ${percent(chance)} 居首（${rivals.join("、")}），还分不出高下。`
    : `${name} has the highest total (${total}), but is first in ${percent(chance)} of ${draws} simulations only (${rivals.join(", ")}): they cannot be told apart yet.`;
}

/** The smallest change of a weight that changes the winner. */
function nearestSentence(choice: ChoiceResult, lang: Lang): string {
  if (choice.ranges.length === 0) return "";
  const found = nearestSwitch(choice);
  if (found === null)
    return lang === "zh"
      ? "单动任何一项权重都不换人。"
      : "No change of a single weight changes the winner.";
  const { range, found: change, side } = found;
  const name = rangeName(choice, range, lang);
  const [from, to] = [percent(range.range.share), `${fixed(change.share * 100, 2)}%`];
  const winner = winnerName(choice, change, lang);
  return lang === "zh"
    ? `最近的变数：“${name}”的权重从 ${from} ${side === "below" ? "降到" : "升过"} ${to}${side === "below" ? " 以下" : ""}，就改选 ${winner}。`
    : `Nearest to change: with the weight of ${name} ${side} ${to} (now ${from}), ${winner} wins.`;
}

type NearestSwitch = {
  readonly range: ChoiceRange;
  readonly found: WeightSwitch;
  readonly side: "below" | "above";
};

export function nearestSwitch({ ranges }: ChoiceResult): NearestSwitch | null {
  const all = ranges.flatMap((range): readonly NearestSwitch[] =>
    (["below", "above"] as const).flatMap((side) => {
      const found = range.range[side];
      return found === null ? [] : [{ range, found, side }];
    }),
  );
  const distance = ({ range, found }: NearestSwitch): number =>
    Math.abs(found.share - range.range.share);
  // Of two that are equally near, the one that the card names first.
  return all.reduce<NearestSwitch | null>(
    (nearest, each) =>
      nearest === null || distance(each) < distance(nearest) - tieSlack ? each : nearest,
    null,
  );
}

function outSentence({ targets }: ChoiceResult, lang: Lang): string {
  const out = targets.filter(({ state }) => state === "out");
  const open = targets.filter(({ state }) => state === "open" || state === "incomplete");
  const list = (some: readonly ChoiceTarget[]): string =>
    some.map((each) => nameOfTarget(each, lang)).join(lang === "zh" ? "、" : ", ");
  const zh = lang === "zh";
  return [
    ...(out.length === 0 ? [] : [zh ? `被否决：${list(out)}。` : `Vetoed: ${list(out)}.`]),
    ...(open.length === 0
      ? []
      : [zh ? `还不能排名：${list(open)}。` : `Not ranked yet: ${list(open)}.`]),
  ].join(zh ? "" : " ");
}
