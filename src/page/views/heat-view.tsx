import { Fragment, useEffect, useState } from "react";

import type { HeatCell, HeatDimension } from "../../report/page/heat.ts";
import type { PageIndex } from "../../report/page/make-report.ts";
import type { ShownReport } from "../data/page-data.ts";
import type { PageRoute } from "../data/route.ts";

import { points } from "../../report/render/format.ts";
import { holdsAnswers, readIndex } from "../data/page-data.ts";
import { usePreferences } from "../data/preferences.ts";
import { linkTo } from "../data/route.ts";
import { heatColour } from "../parts/colours.ts";
import { View } from "../parts/section.tsx";
import { words } from "../words.ts";

/** Dimensions by targets; a dimension leads to its tasks, a task to its items, an item to its answers. */
export function HeatView({
  report,
  route,
}: {
  readonly report: ShownReport;
  readonly route: PageRoute;
}) {
  const { lang } = usePreferences();
  const lead = {
    zh: "颜色越深得分越高，格子里是分数和题数。点维度看任务，点任务看每道题。",
    en: "The deeper the colour, the higher the score; cells hold score and items. A dimension leads to its tasks, a task to its items.",
  }[lang];
  const path = route.id === null ? null : (JSON.parse(safeJson(route.id)) as unknown);
  const task = route.query.get("task");
  const dimension = report.heat.find((each) => JSON.stringify(each.path) === JSON.stringify(path));
  if (task !== null) return <TaskItems report={report} task={task} />;
  if (dimension === undefined) {
    return (
      <View title={words.heat[lang]} lead={lead}>
        <HeatTable
          report={report}
          rows={report.heat.map((each) => ({
            name: each.path.at(-1) ?? "",
            depth: each.path.length - 1,
            href: hrefOf(each),
            cells: each.cells,
          }))}
        />
      </View>
    );
  }
  return (
    <View title={dimension.path.join(" / ")} lead={lead}>
      <p>
        <a href={linkTo("heat")}>← {words.backToBoard[lang]}</a>
      </p>
      <HeatTable
        report={report}
        rows={dimension.tasks.map(({ suite, task: id, cells }) => ({
          name: `${suite}/${id}`,
          depth: 0,
          href: holdsAnswers() ? linkTo("heat", null, { task: `${suite}/${id}` }) : null,
          cells,
        }))}
      />
    </View>
  );
}

/** A dimension of one task leads straight to its items, where there are any; one that has others alone below it leads nowhere. */
function hrefOf({ path, tasks }: HeatDimension): string | null {
  const [only] = tasks;
  if (only === undefined) return null;
  if (tasks.length === 1)
    return holdsAnswers() ? linkTo("heat", null, { task: `${only.suite}/${only.task}` }) : null;
  return linkTo("heat", JSON.stringify(path));
}

/** An address that somebody changed by hand names nothing. */
function safeJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return "null";
  }
}

type HeatRow = {
  readonly name: string;
  readonly depth: number;
  readonly href: string | null;
  readonly cells: readonly HeatCell[];
};

function HeatTable({
  report,
  rows,
}: {
  readonly report: ShownReport;
  readonly rows: readonly HeatRow[];
}) {
  const { lang, dark, printing } = usePreferences();
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={words.heat[lang]}>
      <table className="heat">
        <caption className="sr-only">{words.heat[lang]}</caption>
        <thead>
          <tr>
            <th scope="col" />
            {report.targets.map(({ target, name }) => (
              <th key={target} scope="col" className="heat-target">
                <Breakable name={name[lang]} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, depth, href, cells }) => (
            <tr key={`${depth}${name}${href ?? ""}`}>
              <th scope="row" style={{ paddingInlineStart: `${0.6 + depth * 1.2}rem` }}>
                {href === null ? name : <a href={href}>{name}</a>}
              </th>
              {report.targets.map(({ target }, at) => (
                <Heat
                  key={target}
                  cell={cells[at] ?? null}
                  decimals={report.decimals}
                  dark={dark && !printing}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Heat({
  cell,
  decimals,
  dark,
}: {
  readonly cell: HeatCell | null;
  readonly decimals: number;
  readonly dark: boolean;
}) {
  if (cell === null || cell.value === null) return <td className="heat-cell faint">—</td>;
  const { value, low, high, n } = cell;
  const bounds =
    low === null || high === null ? "" : ` (${points(low, decimals)}–${points(high, decimals)})`;
  return (
    <td
      className="heat-cell"
      style={heatColour(value, dark)}
      title={`${points(value, decimals)}${bounds}, n=${n}`}
    >
      {points(value, decimals)}
      <small>{n}</small>
    </td>
  );
}

/** A name that may be broken after a slash, where a column is narrow. */
const Breakable = ({ name }: { readonly name: string }) =>
  name.split("/").map((part, at) => (
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={at}>
      {at > 0 && "/"}
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));

/** Every item of a task with the value that each target got. */
function TaskItems({ report, task }: { readonly report: ShownReport; readonly task: string }) {
  const { lang } = usePreferences();
  const [index, setIndex] = useState<PageIndex | null>(null);
  useEffect(() => {
    void readIndex().then(setIndex);
  }, []);
  return (
    <View title={task}>
      <p>
        <a href={linkTo("heat")}>← {words.backToBoard[lang]}</a>
      </p>
      {index === null ? (
        <p className="faint">{words.reading[lang]}</p>
      ) : (
        <ItemTable report={report} index={index} task={task} />
      )}
    </View>
  );
}

const mostRows = 500;

function ItemTable({
  report,
  index,
  task,
}: {
  readonly report: ShownReport;
  readonly index: PageIndex;
  readonly task: string;
}) {
  const { lang, dark } = usePreferences();
  const number = index.tasks.findIndex((each) => `${each.suite}/${each.task}` === task);
  const items = index.items.task.flatMap((own, item) => (own === number ? [item] : []));
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={task}>
      <table className="heat">
        <caption className="sr-only">{task}</caption>
        <thead>
          <tr>
            <th scope="col" />
            {report.targets.map(({ target, name }) => (
              <th key={target} scope="col" className="heat-target">
                <Breakable name={name[lang]} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.slice(0, mostRows).map((item) => (
            <tr key={item}>
              <th scope="row" className="heat-item">
                <a href={linkTo("item", index.items.id[item] ?? "")}>
                  {index.items.id[item]?.split("/").at(-1)}
                </a>{" "}
                <span className="faint">{index.items.excerpt[item]}</span>
              </th>
              {report.targets.map(({ target }, at) => {
                const value = index.item_values[at]?.[item] ?? -1;
                return value < 0 ? (
                  <td key={target} className="heat-cell faint">
                    —
                  </td>
                ) : (
                  <td key={target} className="heat-cell" style={heatColour(value, dark)}>
                    {points(value, 0)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {items.length > mostRows && (
        <p className="faint">
          <a href={linkTo("answers", null, { q: `${task}/` })}>
            {
              { zh: `另有 ${items.length - mostRows} 题`, en: `${items.length - mostRows} more` }[
                lang
              ]
            }
          </a>
        </p>
      )}
    </div>
  );
}
