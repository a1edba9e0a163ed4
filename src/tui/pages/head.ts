import type { Money } from "../../domain/money.ts";
import type { View } from "../../report/view/model.ts";
import type { FrameData } from "../ui-state.ts";

import { clean, count, duration, money, percent } from "../../report/render/format.ts";
import { inFlightOf, workersText } from "../../report/run/log.ts";
import { rateOf } from "../../report/score/amounts.ts";
import { doneOf } from "../../report/view/totals.ts";
import { ends, fitLine, line, type Line, type Span } from "../line.ts";
import { pages } from "../ui-state.ts";
import { words } from "../words.ts";

/** The header of every page: the run, its progress, its budget and the tabs. */
export function head(data: FrameData): readonly Line[] {
  return [title(data), progress(data), ...workers(data), ...budget(data), tabs(data), rule(data)];
}

const rule = ({ columns }: FrameData): Line => line("─".repeat(columns), "dim");

function title({ view, lang, columns, elapsed_ms }: FrameData): Line {
  // Titles are Chinese.
  const suites = view.run?.suites
    .map(({ id, title }) => (lang === "zh" ? (title ?? id) : id))
    .join(lang === "zh" ? "、" : ", ");
  return ends(
    [
      { text: "baimo 百模", tone: "bold" },
      { text: `  ${clean(suites ?? "", 300)}  ` },
      { text: view.run?.id ?? "", tone: "dim" },
    ],
    [{ text: duration(elapsed_ms, lang), tone: "bold" }],
    columns,
  );
}

function progress(data: FrameData): Line {
  const { view, lang, columns } = data;
  const planned = view.run?.size.answers ?? 0;
  const done = view.targets.reduce((sum, target) => sum + doneOf(target), 0);
  const flying = inFlightOf(view);
  const share = slowestShare(view);
  // The bar and its share are of one target, the counts of all together.
  const isOne = view.targets.length < 2;
  const whose = isOne ? "" : `${words.slowest[lang]} `;
  const counts = `${isOne ? "" : `${words.inAll[lang]} `}${count(done, lang)}/${count(planned, lang)}`;
  const text = `${whose}${percent(share, 0)}  ${counts}  ${words.inFlight[lang]} ${flying}`;
  return fitLine(
    [...bar(share, Math.min(40, Math.floor(columns / 5))), { text: `  ${text}  ` }, etaSpan(data)],
    columns,
  );
}

/** How far the slowest target is that asks somebody: baselines answer at once and would make the bar run ahead. */
function slowestShare(view: View): number {
  const planned = view.run?.size.per_target ?? 0;
  if (planned === 0) return 0;
  const real = view.targets.filter(({ entry }) => entry?.baseline !== true);
  const asked = real.length === 0 ? view.targets : real;
  return Math.min(1, ...asked.map((target) => doneOf(target) / planned));
}

/** An estimate only where every target has answered lately; it names the slowest target. */
function etaSpan({ eta, lang, view }: FrameData): Span {
  if (view.stopping !== null || eta.kind === "finished") return { text: "" };
  if (eta.kind === "unknown") {
    return { text: `${words.leftUnknown[lang]} ${clean(eta.waiting)}`, tone: "dim" };
  }
  if (eta.kind === "gone") {
    return { text: `${words.leftGone[lang]} ${clean(eta.waiting)}`, tone: "bad" };
  }
  return { text: `${words.left[lang]} ${duration(eta.ms, lang)} (${clean(eta.slowest)})` };
}

/** A progress bar of block characters. */
export function bar(share: number, width: number): readonly Span[] {
  const full = Math.round(share * width);
  return [
    { text: "█".repeat(full), tone: "accent" },
    { text: "░".repeat(Math.max(0, width - full)), tone: "dim" },
  ];
}

/** Of a run on a queue. */
const workers = ({ view, lang, columns }: FrameData): readonly Line[] =>
  view.workers.length === 0
    ? []
    : [fitLine([{ text: workersText(view.workers, lang), tone: "dim" }], columns)];

function budget({ view, lang, columns }: FrameData): readonly Line[] {
  const cap = view.run?.settings.max_cost ?? null;
  if (cap === null) return [];
  const spent = spentIn(view, cap.currency);
  if (spent === null) return [line(`${words.budget[lang]} ${money(cap, lang)}  ?`)];
  const share = Math.min(1, spent / cap.amount);
  const text = `  ${money({ amount: spent, currency: cap.currency }, lang)} / ${money(cap, lang)}  ${percent(share, 0)}`;
  const label: Span = { text: `${words.budget[lang]} ` };
  return [
    fitLine([label, ...bar(share, Math.min(20, Math.floor(columns / 8))), { text }], columns),
  ];
}

/** The whole cost of the run, judges and replaced answers included; null where an exchange rate is missing. */
function spentIn(view: View, currency: Money["currency"]): number | null {
  const sum = { CNY: 0, USD: 0 };
  for (const { totals } of view.targets) {
    for (const part of [totals.cost, totals.replacedCost, totals.judgeCost]) {
      sum.CNY += part.CNY;
      sum.USD += part.USD;
    }
  }
  const other = currency === "CNY" ? "USD" : "CNY";
  if (sum[other] === 0) return sum[currency];
  const rate = rateOf(view.run?.fx ?? {});
  if (rate === null) return null;
  return currency === "CNY" ? sum.CNY + sum.USD * rate : sum.USD + sum.CNY / rate;
}

function tabs({ view, ui, lang, columns }: FrameData): Line {
  const failures = view.failures.length;
  const spans = pages.flatMap((page, index): Span[] => {
    const name = words.tabs[index]?.[lang] ?? page;
    const many = page === "failures" && failures > 0 ? ` ${failures}` : "";
    const text = ` ${index + 1} ${name}${many} `;
    const tone = page === ui.page ? "selected" : many === "" ? "dim" : "bad";
    return [{ text, tone }, { text: " " }];
  });
  return fitLine(spans, columns);
}
