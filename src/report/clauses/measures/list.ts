import type { Lang } from "../../../domain/text.ts";

import { renderTerminal } from "../../render/terminal.ts";
import { unitExamples } from "../read/units.ts";
import { measures } from "./registry.ts";

/** All measures with their names, units and formulas. */
export function measureLines(lang: Lang): readonly string[] {
  const zh = lang === "zh";
  return renderTerminal({
    columns: [
      { title: "measure" },
      { title: zh ? "名字" : "name" },
      { title: zh ? "单位" : "unit" },
      { title: zh ? "方向" : "better" },
      { title: zh ? "另可写" : "with" },
      { title: zh ? "公式" : "formula" },
    ],
    rows: measures.map(({ id, name, unit, better, takes, formula }) => [
      id,
      name[lang],
      unitExamples[unit],
      better === "higher" ? (zh ? "越大越好" : "higher") : zh ? "越小越好" : "lower",
      takes.join(", "),
      formula[lang],
    ]),
  }).split("\n");
}
