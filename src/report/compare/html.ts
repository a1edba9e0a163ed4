import type { Lang } from "../../domain/text.ts";
import type { ShownComparison } from "./text.ts";

import { htmlHeading, htmlLead, htmlLines, htmlList, htmlPage, htmlTable } from "../render/html.ts";
import { flipLines } from "./flips-text.ts";
import { sliceDifferenceSections } from "./slices.ts";
import { comparisonConclusion, contextLines, differenceTable, ratioTable } from "./text.ts";

const flips = 50;
const flipWidth = 1_000;

/** Comparisons as one page, with more of the flips than a terminal shows. */
export function comparisonHtml(shown: readonly ShownComparison[], lang: Lang): string {
  const title = lang === "zh" ? "比较" : "Comparison";
  return htmlPage(
    title,
    lang,
    shown.flatMap((each) => [
      htmlHeading(comparisonConclusion(each.comparison, lang)),
      htmlList(contextLines(each, lang)),
      htmlTable(differenceTable(each.comparison, lang)),
      htmlTable(ratioTable(each.comparison, lang)),
      ...sliceDifferenceSections(each.slices, lang).flatMap(({ title: head, table, notes }) => [
        htmlLead(head),
        htmlTable(table),
        ...(notes.length === 0 ? [] : [htmlList(notes)]),
      ]),
      htmlLines(flipLines(each, lang, flips, flipWidth)),
    ]),
  );
}
