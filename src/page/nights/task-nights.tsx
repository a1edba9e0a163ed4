import type { TargetNights } from "../../report/page/nights.ts";

import { clean, points } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { heatColour } from "../parts/colours.ts";

const cell = { width: 11, height: 18 } as const;

/** A target's tasks by night, a row each: where the score of the whole moved, the row that moved can be seen. */
export function TaskNights({
  target,
  dates,
}: {
  readonly target: TargetNights;
  readonly dates: readonly string[];
}) {
  const { lang, dark, printing } = usePreferences();
  const { tasks = [] } = target;
  if (tasks.length === 0) return null;
  const first = Math.min(
    ...tasks.map(({ values }) =>
      Math.max(
        0,
        values.findIndex((value) => value !== null),
      ),
    ),
  );
  const shown = dates.slice(first);
  const title = { zh: "各任务逐夜得分", en: "Tasks by night" }[lang];
  return (
    <section className="block">
      <h3>{title}</h3>
      <div className="task-nights" role="region" tabIndex={0} aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{{ zh: "任务", en: "Task" }[lang]}</th>
              <th scope="col">
                {shown[0]} – {shown.at(-1)}
              </th>
              <th scope="col">{{ zh: "最近一夜", en: "Last" }[lang]}</th>
            </tr>
          </thead>
          <tbody>
            {tasks.map(({ task, values }) => (
              <tr key={task}>
                <th scope="row">{clean(task, 80)}</th>
                <td>
                  <svg width={shown.length * cell.width} height={cell.height} aria-hidden="true">
                    {values.slice(first).map((value, at) =>
                      value === null ? null : (
                        <rect
                          key={shown[at]}
                          x={at * cell.width}
                          width={cell.width - 1}
                          height={cell.height}
                          fill={heatColour(value, dark && !printing).background}
                        >
                          <title>{`${shown[at]} ${points(value, 1)}`}</title>
                        </rect>
                      ),
                    )}
                  </svg>
                </td>
                <td className="right">
                  {points(values.findLast((value) => value !== null) ?? null, 1)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="faint">
        {
          {
            zh: "一格一夜，颜色越浓得分越高，空着的是没有测。一夜测了两遍的画第一遍。最多画 60 夜。",
            en: "A cell is a night: the stronger its colour the higher the score, empty where nothing was measured. Of two measurements of a night the first is drawn; 60 nights at most.",
          }[lang]
        }
      </p>
    </section>
  );
}
