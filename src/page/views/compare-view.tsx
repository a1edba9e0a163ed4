import { useMemo } from "react";

import type { FlipText } from "../../report/compare/flips.ts";
import type { ReportComparison } from "../../report/page/report-comparison.ts";
import type { ShownReport } from "../data/page-data.ts";
import type { PageRoute } from "../data/route.ts";

import { clean, signed } from "../../report/render/format.ts";
import { Folding } from "../answers/folding.tsx";
import { holdsAnswers } from "../data/page-data.ts";
import { usePreferences } from "../data/preferences.ts";
import { linkTo, setQuery } from "../data/route.ts";
import { visibleText } from "../data/visible-text.ts";
import { DataTable } from "../parts/data-table.tsx";
import { View } from "../parts/section.tsx";
import { words } from "../words.ts";

/** Two targets at a time: what cannot be compared first, then differences, ratios, and what flipped. */
export function CompareView({
  report,
  route,
}: {
  readonly report: ShownReport;
  readonly route: PageRoute;
}) {
  const { lang, printing } = usePreferences();
  const { comparisons } = report;
  const chosen = Math.min(Number(route.query.get("pair") ?? 0) || 0, comparisons.length - 1);
  const shown = printing ? comparisons : comparisons.slice(chosen, chosen + 1);
  return (
    <View title={words.compare[lang]}>
      {comparisons.length > 1 && (
        <label className="field no-print">
          {{ zh: "比较哪两个", en: "Which two" }[lang]}
          <select
            value={chosen}
            onChange={({ target }) => {
              setQuery(route, { pair: target.value });
            }}
          >
            {comparisons.map((each, at) => (
              <option key={nameOf(each)} value={at}>
                {nameOf(each)}
              </option>
            ))}
          </select>
        </label>
      )}
      {shown.map((each) => (
        <Compared key={nameOf(each)} comparison={each} />
      ))}
    </View>
  );
}

function nameOf({ base, new: fresh }: ReportComparison): string {
  if (base.target === fresh.target) return `${clean(base.target)}: ${base.run} → ${fresh.run}`;
  return base.run === fresh.run
    ? `${clean(base.target)} → ${clean(fresh.target)}`
    : `${clean(base.target)} (${base.run}) → ${clean(fresh.target)} (${fresh.run})`;
}

function Compared({ comparison }: { readonly comparison: ReportComparison }) {
  const { lang } = usePreferences();
  const { conclusion, context, difference, ratio, slices, lost, won, flips } = comparison;
  const oneRun = comparison.base.run === comparison.new.run && holdsAnswers();
  const table = useMemo(() => difference[lang], [difference, lang]);
  const bar = table.columns.findIndex(
    ({ title }) => title.startsWith("Δ") || title.startsWith("差"),
  );
  return (
    <>
      <div className="conclusion">
        <p className="conclusion-text">{conclusion[lang]}</p>
        <ul className="notes before">
          {worstFirst(context[lang]).map((line) => (
            <li key={line} className={isWarning(line) ? "warning" : undefined}>
              {line}
            </li>
          ))}
        </ul>
      </div>
      <section className="block">
        <h3>{{ zh: "分差", en: "Differences" }[lang]}</h3>
        <DataTable
          table={table}
          caption={{ zh: "分差", en: "Differences" }[lang]}
          draw={(row, column, text) =>
            column === bar ? (
              <span className="delta">
                <DeltaBar node={comparison.nodes[row]} />
                <span>{text}</span>
              </span>
            ) : null
          }
        />
      </section>
      <section className="block">
        <h3>{{ zh: "时间与费用", en: "Time and cost" }[lang]}</h3>
        <DataTable table={ratio[lang]} caption={{ zh: "时间与费用", en: "Time and cost" }[lang]} />
      </section>
      {slices.map(({ title, table: below, lines }) => (
        <section key={title.zh} className="block">
          <h3>{title[lang]}</h3>
          {below !== null && <DataTable table={below[lang]} caption={title[lang]} />}
          {lines.map((line) => (
            <p key={line.zh} className="faint">
              {line[lang]}
            </p>
          ))}
        </section>
      ))}
      <Flips
        title={{ zh: "对变错", en: "Lost" }[lang]}
        flips={lost}
        of={flips.lost}
        linked={oneRun}
      />
      <Flips title={{ zh: "错变对", en: "Won" }[lang]} flips={won} of={flips.won} linked={oneRun} />
    </>
  );
}

const isWarning = (line: string): boolean => /^[!✗]/u.test(line);

/** What cannot be compared stands before what only says what was. */
const worstFirst = (lines: readonly string[]): readonly string[] =>
  lines.toSorted((a, b) => Number(isWarning(b)) - Number(isWarning(a)));

/** From −50 to +50 points; what lies beyond is cut at the edge. */
function DeltaBar({ node }: { readonly node: ReportComparison["nodes"][number] | undefined }) {
  if (node?.delta == null) return null;
  const x = (delta: number): number => 60 + Math.max(-0.5, Math.min(0.5, delta)) * 112;
  const { low, high } = node.interval ?? { low: node.delta, high: node.delta };
  return (
    <svg
      className={`interval verdict-${node.verdict.replaceAll(" ", "-")}`}
      width="120"
      height="18"
      viewBox="0 0 120 18"
      role="img"
      aria-label={signed(node.delta)}
    >
      <line className="rail" x1="4" x2="116" y1="9" y2="9" />
      <line className="zero" x1="60" x2="60" y1="1" y2="17" />
      <rect
        className="range"
        x={x(low)}
        width={Math.max(2, x(high) - x(low))}
        y="5"
        height="8"
        rx="4"
      />
      <circle className="point" cx={x(node.delta)} cy="9" r="4" />
    </svg>
  );
}

function Flips({
  title,
  flips,
  of,
  linked,
}: {
  readonly title: string;
  readonly flips: readonly FlipText[];
  readonly of: number;
  /** Both sides' answers are in this page. */
  readonly linked: boolean;
}) {
  const { lang } = usePreferences();
  if (flips.length === 0) return null;
  return (
    <section className="block">
      <h3>
        {title} {flips.length < of ? `${flips.length}/${of}` : of}
      </h3>
      {flips.map((flip) => (
        <details key={flip.item} className="flip">
          <summary>
            <code>{flip.item}</code> <span className="faint">{clean(flip.question, 120)}</span>
          </summary>
          <p className="flip-question">{visibleText(flip.question)}</p>
          <p>
            {{ zh: "标准答案：", en: "Gold: " }[lang]}
            <code>{visibleText(flip.gold)}</code>
            {linked && (
              <>
                {" · "}
                <a href={linkTo("item", flip.item)}>
                  {{ zh: "完整对话", en: "Whole conversation" }[lang]}
                </a>
              </>
            )}
          </p>
          <div className="two-columns">
            <div className="reply">
              <h4>{{ zh: "基准", en: "Base" }[lang]}</h4>
              <Folding text={flip.base} folded={flip.folded}>
                <p className="reply-text">{visibleText(flip.base)}</p>
              </Folding>
            </div>
            <div className="reply">
              <h4>{{ zh: "新", en: "New" }[lang]}</h4>
              <Folding text={flip.new} folded={flip.folded}>
                <p className="reply-text">{visibleText(flip.new)}</p>
              </Folding>
            </div>
          </div>
        </details>
      ))}
    </section>
  );
}
