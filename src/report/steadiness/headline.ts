import type { Lang } from "../../domain/text.ts";
import type { SteadinessReport, TargetSteadiness } from "./steadiness.ts";

import { colon } from "../../domain/text.ts";
import { count, percent, targetName } from "../render/format.ts";
import { dayText, eventsOf, type SteadinessEvent } from "./naming.ts";

/** Things that one sentence can hold. */
const mostNamed = 4;

const order: readonly SteadinessEvent["kind"][] = [
  "outage",
  "change",
  "slow hours",
  "model",
  "spell",
  "weekday",
  "step",
];

/** The first sentence: the worst of each kind, or that nothing was found, and how much of the period was seen. */
export function steadinessHeadline(report: SteadinessReport, lang: Lang): string {
  const zh = lang === "zh";
  const found = report.targets.flatMap((target) =>
    eventsOf(target).map((event) => ({ target, event })),
  );
  if (found.length === 0) return quietText(report, lang);
  const chosen = mostTelling(found);
  const parts = [...Map.groupBy(chosen, ({ target }) => target)].map(([target, own]) => {
    const said = own.map(({ event }) => event.text[lang]).join(zh ? "；" : "; ");
    return report.targets.length === 1 ? said : `${nameOf(target, lang)}${colon[lang]}${said}`;
  });
  const more = found.length - chosen.length;
  const rest = more === 0 ? "" : zh ? `；另有 ${more} 件，见下` : `; ${more} more below`;
  return `${parts.join(zh ? "；" : "; ")}${rest}${zh ? "。" : "."}`;
}

type Found = { readonly target: TargetSteadiness; readonly event: SteadinessEvent };

/** Kinds take turns, so that no number of outages hides a slow afternoon; the worst of a kind goes first. */
function mostTelling(found: readonly Found[]): readonly Found[] {
  const queues = order.map((kind) =>
    found
      .filter(({ event }) => event.kind === kind)
      .toSorted((a, b) => b.event.weight - a.event.weight),
  );
  const chosen: Found[] = [];
  for (let round = 0; chosen.length < Math.min(mostNamed, found.length); round++) {
    chosen.push(
      ...queues.flatMap((queue) => queue[round] ?? []).slice(0, mostNamed - chosen.length),
    );
  }
  return chosen;
}

/** On fewer days nothing can be called steady. */
const fewestDays = 7;

function quietText(report: SteadinessReport, lang: Lang): string {
  const { period, targets } = report;
  const span = `${dayText(period.from, lang)}–${dayText(period.to, lang)}`;
  const number = targets.length;
  const days = Math.max(
    ...targets.map(({ calendar }) => new Set(calendar.map(({ day }) => day)).size),
  );
  if (days < fewestDays) {
    return lang === "zh"
      ? `没有发现中断、固定的慢时段或模型变化，但只在 ${days} 天里探测过，还说不上平稳（${coverageText(report, lang)}）。`
      : `No outage, no slow hours and no change of model found, but there were probes on ${days} ${days === 1 ? "day" : "days"} alone: too few to call it steady (${coverageText(report, lang)}).`;
  }
  return lang === "zh"
    ? `${span}平稳：${number} 个目标都没有发现中断、固定的慢时段或模型变化（${coverageText(report, lang)}）。`
    : `${span}, steady: no outage, no slow hours and no change of model found for ${number === 1 ? "the target" : `any of ${number} targets`} (${coverageText(report, lang)}).`;
}

/** How much of the period the targets were seen: a sampled month is no measured month. */
export function coverageText({ targets, period }: SteadinessReport, lang: Lang): string {
  const total = period.until - period.first;
  const seen = targets.map(({ windows }) => windows);
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  const number = least === most ? count(most, lang) : `${count(least, lang)}–${count(most, lang)}`;
  const share =
    least === most
      ? shareText(most / total)
      : `${shareText(least / total)}–${shareText(most / total)}`;
  return lang === "zh"
    ? `看到 ${count(total, lang)} 个五分钟窗口中的 ${number} 个，${share}`
    : `${number} of ${count(total, lang)} five-minute windows seen, ${share}`;
}

const shareText = (share: number): string =>
  share > 0 && share < 0.000_5 ? "<0.1%" : percent(share);

const nameOf = ({ target, simulated }: TargetSteadiness, lang: Lang): string =>
  targetName(target, simulated, lang);
