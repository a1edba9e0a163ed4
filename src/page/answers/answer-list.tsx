import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useMemo, useRef } from "react";

import type { Outcome } from "../../domain/outcome.ts";
import type { Lang } from "../../domain/text.ts";
import type { PageIndex } from "../../report/page/make-report.ts";
import type { ShownReport } from "../data/page-data.ts";

import { amountText, points, seconds, unknown } from "../../report/render/format.ts";
import { outcomeWords } from "../../report/render/words.ts";
import { usePreferences } from "../data/preferences.ts";
import { linkTo } from "../data/route.ts";
import { VerdictMark } from "./verdict-mark.tsx";

const rowHeight = 56;

/** What the figures of a row are, for who points at one. */
const titles = {
  score: { zh: "得分（满分 100）", en: "score of 100" },
  length: { zh: "回答的长度，没有答成时是结果", en: "length of the reply, or how the call ended" },
  time: { zh: "整答耗时", en: "time to the whole reply" },
  cost: { zh: "费用；没有价格时未知", en: "cost; unknown without a price" },
} as const;

const heads = {
  verdict: { zh: "判定", en: "Verdict" },
  item: { zh: "题目", en: "Item" },
  target: { zh: "目标", en: "Target" },
  score: { zh: "得分", en: "Score" },
  length: { zh: "长度", en: "Length" },
  time: { zh: "整答", en: "Time" },
  cost: { zh: "费用", en: "Cost" },
} as const;

/** The answers that were chosen. Only rows that can be seen are on the page, however many there are. */
export function AnswerList({
  report,
  index,
  shown,
}: {
  readonly report: ShownReport;
  readonly index: PageIndex;
  readonly shown: Int32Array;
}) {
  const { lang } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // Rows may appear a frame later; waiting for them inside the scroll event costs frames.
    useFlushSync: false,
  });
  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
  }, [shown]);
  const names = useMemo(() => {
    const known = new Map(report.targets.map(({ target, name }) => [target, name[lang]]));
    return index.targets.map((ref) => known.get(ref) ?? "");
  }, [report, index, lang]);
  return (
    <>
      <AnswerHead />
      <div
        ref={box}
        className="answer-list"
        tabIndex={0}
        role="region"
        aria-label={{ zh: "回答列表", en: "List of answers" }[lang]}
      >
        <div className="answer-space" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ key, index: place, start }) => (
            <AnswerRow
              key={key}
              index={index}
              at={shown[place] ?? 0}
              top={start}
              name={names[index.answers.target[shown[place] ?? 0] ?? 0] ?? ""}
            />
          ))}
        </div>
      </div>
    </>
  );
}

/** What the columns are; who points at a figure reads the whole of it. */
function AnswerHead() {
  const { lang } = usePreferences();
  return (
    <div className="answer-head">
      <span>{heads.verdict[lang]}</span>
      <span>{heads.item[lang]}</span>
      <span className="answer-model">{heads.target[lang]}</span>
      <span className="answer-number answer-more" title={titles.score[lang]}>
        {heads.score[lang]}
      </span>
      <span className="answer-number answer-more" title={titles.length[lang]}>
        {heads.length[lang]}
      </span>
      <span className="answer-number" title={titles.time[lang]}>
        {heads.time[lang]}
      </span>
      <span className="answer-number answer-more" title={titles.cost[lang]}>
        {heads.cost[lang]}
      </span>
    </div>
  );
}

/** A row is drawn once: scrolling draws those that come into sight and none of the others again. */
const AnswerRow = memo(function AnswerRow({
  index,
  at,
  top,
  name,
}: {
  readonly index: PageIndex;
  readonly at: number;
  readonly top: number;
  readonly name: string;
}) {
  const { lang } = usePreferences();
  const { answers, items } = index;
  const item = answers.item[at] ?? 0;
  const outcome = index.outcomes[answers.outcome[at] ?? 0] as Outcome;
  const [value, ms, cost] = [
    answers.value[at] ?? -1,
    answers.total_ms[at] ?? -1,
    answers.cost[at] ?? -1,
  ];
  const wording = index.wordings[answers.wording[at] ?? 0] ?? null;
  const trial = answers.trial[at] ?? 1;
  const id = items.id[item] ?? "";
  return (
    <a
      className="answer-row"
      style={{ transform: `translateY(${top}px)`, height: rowHeight }}
      href={linkTo("item", id, {
        targets: index.targets[answers.target[at] ?? 0] ?? "",
        wording: wording ?? "",
        trial: trial === 1 ? "" : String(trial),
      })}
    >
      <VerdictMark code={answers.verdict[at] ?? 0} verdicts={index.verdicts} />
      <span className="answer-what">
        <span className="answer-question">{items.excerpt[item]}</span>
        <span className="answer-id">
          <span className="answer-side">{name} · </span>
          {id}
          {wording !== null && ` · ${wording}`}
          {trial > 1 && ` · #${trial}`}
          {items.severe[item] === 1 && ` · ${{ zh: "红线", en: "red line" }[lang]}`}
        </span>
      </span>
      <span className="answer-model">{name}</span>
      <span className="answer-number" title={titles.score[lang]}>
        {value < 0 ? "—" : points(value, 0)}
      </span>
      <span className="answer-number answer-more" title={titles.length[lang]}>
        {outcome === "ok"
          ? `${(answers.chars[at] ?? 0).toLocaleString("en-US")} ${{ zh: "字符", en: "ch" }[lang]}`
          : outcomeWords[outcome][lang]}
      </span>
      <span className="answer-number" title={titles.time[lang]}>
        {ms < 0 ? "—" : `${seconds(ms)} s`}
      </span>
      <span className="answer-number answer-more" title={titles.cost[lang]}>
        {costText(cost, ms, index.currency, lang)}
      </span>
    </a>
  );
});

/** What an answer cost; one for which nobody was called, as a baseline's, has no cost. */
function costText(cost: number, ms: number, currency: PageIndex["currency"], lang: Lang): string {
  if (cost < 0) return unknown[lang];
  if (cost === 0 && ms < 0) return "—";
  return `${currency === "USD" ? "$" : "¥"}${amountText(cost)}`;
}
