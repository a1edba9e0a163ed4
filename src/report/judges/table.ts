import type { Lang } from "../../domain/text.ts";
import type { PairReport } from "./pairs.ts";
import type { Table } from "../render/table.ts";

import { clean, fixed, percent } from "../render/format.ts";

/** Battles against the baseline with both OPEN formulas and the Bradley–Terry strength. */
export function battleTable({ rows, strengths }: PairReport, lang: Lang): Table {
  const zh = lang === "zh";
  const right = (title: string, drop = 0) => ({ title, align: "right" as const, drop });
  return {
    columns: [
      { title: zh ? "与基准比较" : "Against the baseline", shrink: 12 },
      right(zh ? "赢" : "Win"),
      right(zh ? "平" : "Tie"),
      right(zh ? "输" : "Loss"),
      right(zh ? "胜率（平算半）" : "Win rate (tie ½)"),
      right(zh ? "OPEN 胜和率" : "OPEN not lost", 2),
      right("OPEN 3/1/0", 1),
      ...(strengths === null ? [] : [right("Bradley–Terry", 3)]),
    ],
    rows: rows.map((row) => {
      const strength = strengths?.find(({ player }) => player === row.target);
      return [
        `${clean(row.target)} / ${clean(row.baseline)}`,
        String(row.win),
        String(row.tie),
        String(row.loss),
        row.win_rate === null
          ? "—"
          : `${percent(row.win_rate.value)} [${percent(row.win_rate.interval.low)}, ${percent(row.win_rate.interval.high)}]`,
        pointsText(row.open_not_lost),
        pointsText(row.open_three_one),
        ...(strength === undefined
          ? []
          : [
              `${signed(strength.theta)} [${signed(strength.interval.low)}, ${signed(strength.interval.high)}]`,
            ]),
      ];
    }),
  };
}

const pointsText = (value: number | null): string => (value === null ? "—" : fixed(value, 2));

const signed = (value: number): string => `${value >= 0 ? "+" : ""}${fixed(value, 2)}`;
