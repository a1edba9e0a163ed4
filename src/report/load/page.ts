import type { Lang } from "../../domain/text.ts";
import type { LoadFile } from "../../store/load/load-file.ts";

import { bareReport } from "../page/bare-report.ts";
import { inBoth, linesInBoth } from "../page/both.ts";
import { figuresPage } from "../page/first-view.ts";
import { summaryOf } from "./summary.ts";
import { loadNotes, loadSentence, loadTable } from "./text.ts";

/** A page of loads: the sentence, the curves, the table. It needs no network. */
export function loadPage(loads: readonly LoadFile[], lang: Lang): Promise<string> {
  const made = loads.map((load) => ({ load, summary: load.end?.summary ?? summaryOf(load) }));
  const bare = bareReport(new Date());
  return figuresPage(
    {
      ...bare,
      simulated: made.some(({ summary }) => summary.targets.some(({ simulated }) => simulated)),
      conclusion: inBoth((each) =>
        made
          .flatMap(({ load, summary }) =>
            summary.targets.map((target) => loadSentence(target, load.head.plan, each)),
          )
          .join(each === "zh" ? "" : " "),
      ),
      loads: made.map(({ load, summary }) => ({
        started_at: load.head.started_at,
        good_share: load.head.plan.good_share,
        targets: summary.targets,
        table: inBoth((each) => loadTable(summary.targets, each)),
        notes: linesInBoth((each) => loadNotes(summary, load.head.plan, each)),
      })),
    },
    lang,
  );
}
