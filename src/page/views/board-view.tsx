import { useMemo } from "react";

import type { Table } from "../../report/render/table.ts";
import type { ShownReport } from "../data/page-data.ts";

import { holdsAnswers } from "../data/page-data.ts";
import { usePreferences } from "../data/preferences.ts";
import { linkTo } from "../data/route.ts";
import { DataTable, medals } from "../parts/data-table.tsx";
import { words } from "../words.ts";

/** Notes that stand open below the conclusion; the others are folded. */
const openNotes = 4;

/** The way to the answers of models that were graded wrong, where the page holds answers. */
function WrongAnswers({ report }: { readonly report: ShownReport }) {
  const { lang } = usePreferences();
  const isNone = report.targets.every(({ baseline, verdicts }) => baseline || verdicts.wrong === 0);
  if (isNone || !holdsAnswers()) return null;
  return (
    <p>
      <a href={linkTo("answers", null, { verdict: "wrong", models: "1" })}>
        {words.readWrong[lang]}
      </a>
    </p>
  );
}

/** The conclusion, what must be known before it is trusted, and the board with its intervals drawn. */
export function BoardView({ report }: { readonly report: ShownReport }) {
  const { lang, printing } = usePreferences();
  const { notes, conclusion, board } = report;
  const table = useMemo(() => withBars(board[lang], words.interval[lang]), [board, lang]);
  const bar = barPlace(board[lang]);
  const hidden = useMemo(
    () =>
      board[lang].columns.flatMap((_, at) =>
        report.board_columns.includes(at) ? [] : [at < bar ? at : at + 1],
      ),
    [board, lang, report, bar],
  );
  const scale = useMemo(() => scaleOf(report), [report]);
  const rest = notes.slice(openNotes);
  return (
    <>
      <section className="conclusion" aria-label={words.report[lang]}>
        <p className="conclusion-text">{conclusion[lang]}</p>
        <WrongAnswers report={report} />
        {notes.length > 0 && (
          <div className="before">
            <h2>{words.before[lang]}</h2>
            <ul className="notes">
              {notes.slice(0, openNotes).map((note) => (
                <li key={note.zh}>{note[lang]}</li>
              ))}
            </ul>
            {rest.length > 0 && (
              <details open={printing}>
                <summary>
                  {lang === "zh"
                    ? `${words.moreNotes.zh}（${rest.length} 条）`
                    : `${rest.length} ${words.moreNotes.en}`}
                </summary>
                <ul className="notes">
                  {rest.map((note) => (
                    <li key={note.zh}>{note[lang]}</li>
                  ))}
                </ul>
              </details>
            )}
          </div>
        )}
      </section>
      <section className="block">
        <h2>{words.board[lang]}</h2>
        <DataTable
          key={lang}
          table={table}
          caption={words.board[lang]}
          tools
          hidden={hidden}
          draw={(row, column, text) => {
            if (column === bar) return <IntervalBar report={report} row={row} scale={scale} />;
            const medal = medals.indexOf(text) + 1;
            if (column !== 0 || medal === 0) return null;
            return (
              <span className={`medal medal-${medal}`} role="img" aria-label={text}>
                {medal}
              </span>
            );
          }}
        />
      </section>
    </>
  );
}

/** Where the bars stand: after the score. */
const barPlace = ({ columns }: Table): number =>
  columns.findIndex(({ title }) => /^(效果分|Score) \(/.test(title)) + 1;

/** The table with a column for the bars after the one with the score. */
function withBars({ columns, rows }: Table, title: string): Table {
  const at = barPlace({ columns, rows });
  return {
    columns: [...columns.slice(0, at), { title }, ...columns.slice(at)],
    // The bar sorts as the score before it.
    rows: rows.map((cells) => [...cells.slice(0, at), cells[at - 1] ?? "", ...cells.slice(at)]),
  };
}

type Scale = { readonly low: number; readonly high: number };

/** From the lowest bound to the highest, at tens of points. */
function scaleOf({ targets }: ShownReport): Scale {
  const bounds = targets.flatMap(({ score: { value, interval } }) => [
    ...(value === null ? [] : [value]),
    ...(interval === null ? [] : [interval.low, interval.high]),
  ]);
  if (bounds.length === 0) return { low: 0, high: 1 };
  return {
    low: Math.floor(Math.min(...bounds) * 10) / 10,
    high: Math.max(Math.ceil(Math.max(...bounds) * 10) / 10, 0.1),
  };
}

function IntervalBar({
  report,
  row,
  scale,
}: {
  readonly report: ShownReport;
  readonly row: number;
  readonly scale: Scale;
}) {
  const { value, interval } = report.targets[row]?.score ?? { value: null, interval: null };
  if (value === null) return <span className="faint">—</span>;
  const x = (at: number): number => 4 + ((at - scale.low) / (scale.high - scale.low || 1)) * 152;
  const [low, high] = [interval?.low ?? value, interval?.high ?? value];
  return (
    <svg className="interval" width="160" height="18" viewBox="0 0 160 18" aria-hidden="true">
      <line className="rail" x1="4" x2="156" y1="9" y2="9" />
      <rect
        className="range"
        x={x(low)}
        width={Math.max(2, x(high) - x(low))}
        y="5"
        height="8"
        rx="4"
      />
      <circle className="point" cx={x(value)} cy="9" r="4" />
    </svg>
  );
}
