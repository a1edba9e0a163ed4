import type { RecentAnswer } from "../recent.ts";
import type { FrameData } from "../ui-state.ts";

import { isGraded } from "../../domain/outcome.ts";
import { clean, count } from "../../report/render/format.ts";
import { renderTerminal } from "../../report/render/terminal.ts";
import { outcomeWords, verdictWords } from "../../report/render/words.ts";
import { doneOf } from "../../report/view/totals.ts";
import { fitLine, line, type Line } from "../line.ts";
import { tableLines } from "../table-lines.ts";
import { words } from "../words.ts";

/** The latest answers; the selected one can be opened. */
export function answersPage(data: FrameData, room: number): readonly Line[] {
  const { recent, ui, lang, columns } = data;
  if (recent.length === 0) return [fitLine(line(noneYet(data), "dim"), columns)];
  const selected = Math.min(ui.selected.answers, recent.length - 1);
  const table = renderTerminal(
    {
      columns: [
        { title: words.item[lang], shrink: 16 },
        { title: words.target[lang], shrink: 12 },
        { title: words.outcome[lang], drop: 2 },
        { title: words.verdict[lang] },
        { title: words.extracted[lang], shrink: 8, drop: 1 },
      ],
      rows: recent.map(({ item, target, outcome, verdict, extracted }) => [
        clean(item),
        clean(target),
        outcomeWords[outcome][lang],
        verdict === null ? "…" : verdictWords[verdict][lang],
        clean(extracted ?? "—", columns < 120 ? 16 : 60),
      ]),
    },
    columns,
  );
  return tableLines(table, {
    selected,
    room,
    columns,
    lang,
    tone: (row) => toneOf(recent[row]),
  });
}

/** The page lists what this session asked; what earlier ones asked is counted. */
function noneYet({ view, lang }: FrameData): string {
  const had = view.targets.reduce((sum, target) => sum + doneOf(target), 0);
  return had === 0 ? words.noAnswers[lang] : words.noNewAnswers[lang](count(had, lang));
}

function toneOf(answer: RecentAnswer | undefined): "good" | "bad" | "warn" | undefined {
  if (answer === undefined) return undefined;
  if (!isGraded(answer.outcome)) return "bad";
  if (answer.verdict === "right") return "good";
  return answer.verdict === "unresolved" ? "warn" : undefined;
}
