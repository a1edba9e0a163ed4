import type { ReportSection } from "../../page/sections/section.ts";
import type { ChoiceResult } from "../choose.ts";

import { linesIn, sectionsIn } from "../../page/sections/section.ts";
import { choiceConclusion } from "./conclusion.ts";
import { choiceNotes, findingLines } from "./notes.ts";
import { criteriaTable, rangeTable, totalTable } from "./tables.ts";

/** The view 选型 of a report page: the conclusion, then the tables of the terminal. What was sent where has a view of its own. */
export const choiceSections = (choice: ChoiceResult): readonly ReportSection[] => [
  ...linesIn("choose", { zh: choice.title ?? "结论", en: choice.title ?? "Conclusion" }, (lang) => [
    choiceConclusion(choice, lang),
  ]),
  ...sectionsIn("choose", (lang) => [
    {
      title: { zh: "总分", en: "Totals" }[lang],
      table: totalTable(choice, lang),
      notes: findingLines(choice, lang),
    },
    {
      title: { zh: "各项：测得的值 → 得分（满 100）", en: "Criteria: value → points of 100" }[lang],
      table: criteriaTable(choice, lang),
    },
    ...(choice.ranges.length === 0
      ? []
      : [
          {
            title: { zh: "权重改多少会换人", en: "Weights that change the winner" }[lang],
            table: rangeTable(choice, lang),
          },
        ]),
  ]),
  ...linesIn("choose", { zh: "怎样读这些数", en: "How to read these figures" }, (lang) =>
    choiceNotes(choice, lang),
  ),
];
