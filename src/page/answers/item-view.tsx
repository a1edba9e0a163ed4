import { useEffect, useState } from "react";

import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { Lang } from "../../domain/text.ts";
import type { AnswerRecord, ScoreRecord } from "../../report/page/answers.ts";
import type { PageIndex } from "../../report/page/make-report.ts";
import type { ShownReport } from "../data/page-data.ts";

import { isFolded } from "../../report/render/folded.ts";
import { readBlock, readIndex } from "../data/page-data.ts";
import { usePreferences } from "../data/preferences.ts";
import { linkTo, type PageRoute, setQuery } from "../data/route.ts";
import { words } from "../words.ts";
import { AnswerCard } from "./answer-card.tsx";
import { ItemCard } from "./item-card.tsx";

/** Answers side by side at most. */
const mostSides = 4;

type Opened = {
  readonly item: ItemLine | null;
  readonly sides: readonly {
    readonly at: number;
    readonly answer: AnswerRecord;
    readonly score: ScoreRecord | null;
  }[];
};

/** One item with the answers of one to four targets side by side. */
export function ItemView({
  report,
  route,
}: {
  readonly report: ShownReport;
  readonly route: PageRoute;
}) {
  const { lang } = usePreferences();
  const [index, setIndex] = useState<PageIndex | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [error, setError] = useState<string | null>(null);
  const rows = index === null ? null : rowsOf(index, report, route);
  const name = JSON.stringify(rows);
  useEffect(() => {
    void readIndex().then(setIndex);
  }, []);
  useEffect(() => {
    if (index === null) return undefined;
    let isCurrent = true;
    const wanted = JSON.parse(name) as ReturnType<typeof rowsOf>;
    void open(index, wanted).then(
      (found) => {
        if (isCurrent) setOpened(found);
      },
      (reason: unknown) => {
        if (isCurrent) setError(String(reason));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [index, name]);
  if (error !== null) return <p className="warning">{error}</p>;
  if (index === null || opened === null || rows === null)
    return <p className="faint">{words.reading[lang]}</p>;
  if (opened.item === null)
    return (
      <p>
        {{ zh: "这个报告里没有这道题：", en: "This report does not hold the item " }[lang]}
        <code>{route.id}</code>
      </p>
    );
  return (
    <>
      <p className="crumbs">
        <a href={linkTo("answers")}>← {words.answers[lang]}</a>
        <Neighbours index={index} item={rows.item} route={route} />
      </p>
      <h2 className="item-title">{opened.item.item}</h2>
      <ItemCard item={opened.item} wording={route.query.get("wording")} />
      <TargetChoice report={report} index={index} rows={rows} route={route} />
      <div className={`sides sides-${Math.max(1, opened.sides.length)}`}>
        {opened.sides.map(({ at, answer, score }) => (
          <AnswerCard
            key={at}
            index={index}
            at={at}
            answer={answer}
            score={score}
            folded={opened.item !== null && isFolded(opened.item)}
            {...shownTarget(report, index.targets[index.answers.target[at] ?? 0] ?? "", lang)}
          />
        ))}
      </div>
    </>
  );
}

/** A target's name, and what of it did not come as asked. */
function shownTarget({ targets }: ShownReport, ref: string, lang: Lang) {
  const found = targets.find(({ target }) => target === ref);
  return { name: found?.name[lang] ?? "", mismatch: found?.mismatch?.[lang] ?? null };
}

type Rows = {
  readonly item: number;
  /** Every answer to the item in this wording and trial. */
  readonly all: readonly number[];
  readonly shown: readonly number[];
};

function rowsOf(index: PageIndex, report: ShownReport, { id, query }: PageRoute): Rows {
  const { answers, items, wordings } = index;
  const item = id === null ? -1 : items.id.indexOf(id);
  const wanted = query.get("wording");
  const wording = wanted === null ? 0 : wordings.indexOf(wanted);
  const trial = Number(query.get("trial") ?? 1);
  const start = answers.item.indexOf(item);
  const end = start === -1 ? -1 : answers.item.lastIndexOf(item);
  const all: number[] = [];
  for (let at = start; at >= 0 && at <= end; at++) {
    if (answers.wording[at] === wording && answers.trial[at] === trial) all.push(at);
  }
  const refOf = (at: number): string => index.targets[answers.target[at] ?? 0] ?? "";
  const order = report.targets.map(({ target }) => target);
  const sorted = all.toSorted((a, b) => order.indexOf(refOf(a)) - order.indexOf(refOf(b)));
  const named = query.get("targets")?.split(",") ?? [];
  const chosen = sorted.filter((at) => named.includes(refOf(at)));
  return {
    item,
    all: sorted,
    shown: (chosen.length > 0 ? chosen : sorted.slice(0, 2)).slice(0, mostSides),
  };
}

async function open(index: PageIndex, { item, shown }: Rows): Promise<Opened> {
  const { answers, items } = index;
  const block = items.block[item] ?? -1;
  const line = block < 0 ? undefined : (await readBlock(block))[items.slot[item] ?? 0];
  const sides = await Promise.all(
    shown.map(async (at) => {
      const list = await readBlock(answers.block[at] ?? 0);
      const scoreBlock = answers.score_block[at] ?? -1;
      const scores = scoreBlock < 0 ? [] : await readBlock(scoreBlock);
      return {
        at,
        answer: list[answers.slot[at] ?? 0] as AnswerRecord,
        score: (scores[answers.score_slot[at] ?? -1] as ScoreRecord | undefined) ?? null,
      };
    }),
  );
  return { item: (line as ItemLine | undefined) ?? null, sides };
}

function Neighbours({
  index,
  item,
  route,
}: {
  readonly index: PageIndex;
  readonly item: number;
  readonly route: PageRoute;
}) {
  const { lang } = usePreferences();
  const kept = { targets: route.query.get("targets") ?? "" };
  const link = (to: number, text: string) => {
    const id = index.items.id[to];
    return id === undefined ? null : <a href={linkTo("item", id, kept)}>{text}</a>;
  };
  return (
    <span className="neighbours">
      {link(item - 1, { zh: "上一题", en: "Previous" }[lang])}
      {link(item + 1, { zh: "下一题", en: "Next" }[lang])}
    </span>
  );
}

/** Which targets stand side by side. */
function TargetChoice({
  report,
  index,
  rows,
  route,
}: {
  readonly report: ShownReport;
  readonly index: PageIndex;
  readonly rows: Rows;
  readonly route: PageRoute;
}) {
  const { lang } = usePreferences();
  const refOf = (at: number): string => index.targets[index.answers.target[at] ?? 0] ?? "";
  const shown = rows.shown.map(refOf);
  if (rows.all.length < 2) return null;
  return (
    <fieldset className="choice">
      <legend>
        {
          {
            zh: `并排看（最多 ${mostSides} 个）`,
            en: `Side by side (${mostSides} at most)`,
          }[lang]
        }
      </legend>
      {rows.all.map((at) => {
        const ref = refOf(at);
        const isShown = shown.includes(ref);
        return (
          <label key={ref}>
            <input
              type="checkbox"
              checked={isShown}
              disabled={!isShown && shown.length >= mostSides}
              onChange={() => {
                const next = isShown ? shown.filter((each) => each !== ref) : [...shown, ref];
                setQuery(route, { targets: next.join(",") });
              }}
            />
            {report.targets.find(({ target }) => target === ref)?.name[lang] ?? ref}
          </label>
        );
      })}
    </fieldset>
  );
}
