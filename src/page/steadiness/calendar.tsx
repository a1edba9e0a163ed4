import { useState } from "react";

import type { SteadinessHourPart, SteadinessTargetPart } from "../../report/page/steadiness.ts";

import { percent, seconds } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { heatColour } from "../parts/colours.ts";

const kinds = {
  failed: { zh: "失败的尝试", en: "Failed attempts" },
  time: { zh: "延迟的中位数", en: "Median time" },
} as const;
type Kind = keyof typeof kinds;

/** A time so many times the usual one has the deepest colour. */
const deepest = 4;

/** Days by hours of the day: how much failed, or how long it took. */
export function Calendar({
  target,
  hours,
}: {
  readonly target: SteadinessTargetPart;
  readonly hours: readonly number[];
}) {
  const { lang, dark, printing } = usePreferences();
  const [kind, setKind] = useState<Kind>("failed");
  const usual = usualOf(target);
  const title = { zh: "逐日逐时", en: "Day by day, hour by hour" }[lang];
  return (
    <>
      <fieldset className="choice no-print">
        <legend className="sr-only">{title}</legend>
        {(Object.keys(kinds) as Kind[]).map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={`steady-kind ${target.target}`}
              checked={kind === each}
              onChange={() => {
                setKind(each);
              }}
            />
            {kinds[each][lang]}
          </label>
        ))}
      </fieldset>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="heat steady-calendar">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{{ zh: "日期", en: "Day" }[lang]}</th>
              {hours.map((hour) => (
                <th key={hour} scope="col">
                  {{ zh: `${hour} 时`, en: `${String(hour).padStart(2, "0")}h` }[lang]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {target.days.map(({ date, hours: cells }) => (
              <tr key={date}>
                <th scope="row">{date.slice(5)}</th>
                {cells.map((cell, at) => (
                  <HourCell
                    key={hours[at]}
                    cell={cell}
                    kind={kind}
                    usual={usual}
                    dark={dark && !printing}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function HourCell({
  cell,
  kind,
  usual,
  dark,
}: {
  readonly cell: SteadinessHourPart | null;
  readonly kind: Kind;
  readonly usual: number;
  readonly dark: boolean;
}) {
  if (cell === null || cell.attempts === 0) return <td className="heat-cell faint">·</td>;
  const { attempts, failed, p50_ms } = cell;
  const title = `${failed}/${attempts}, p50 ${seconds(p50_ms)} s`;
  if (kind === "time" && p50_ms === null) return <td className="heat-cell faint">—</td>;
  const share = failed / attempts;
  const depth =
    kind === "failed" ? share : Math.log(Math.max(1, (p50_ms ?? 0) / usual)) / Math.log(deepest);
  const text = kind === "time" ? seconds(p50_ms) : failed === 0 ? "0" : percent(share, 0);
  return (
    <td className="heat-cell" style={heatColour(depth, dark)} title={title}>
      {text}
    </td>
  );
}

/** The median over the hours that were seen. */
function usualOf({ days }: SteadinessTargetPart): number {
  const times = days.flatMap(({ hours }) => hours.flatMap((cell) => cell?.p50_ms ?? []));
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) / 2)] ?? 1;
}
