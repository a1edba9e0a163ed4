import type { Lang } from "../../domain/text.ts";
import type { Failure } from "../../report/view/model.ts";
import type { FrameData } from "../ui-state.ts";

import { clean } from "../../report/render/format.ts";
import { renderTerminal } from "../../report/render/terminal.ts";
import { wrap } from "../../report/render/width.ts";
import { outcomeWords } from "../../report/render/words.ts";
import { fitLine, line, type Line } from "../line.ts";
import { tableLines } from "../table-lines.ts";
import { words } from "../words.ts";
import { waitingTexts } from "./lane-texts.ts";

/** Failures, newest first; below them the vendor's message for the selected one. */
export function failuresPage(data: FrameData, room: number): readonly Line[] {
  const { failures, ui, lang, columns } = data;
  if (failures.length === 0) {
    const waits = waitingTexts(data).flatMap((text) => wrap(text, columns));
    const none = waits.length === 0 ? words.noFailures : words.onlyWaiting;
    return [line(none[lang], "dim"), ...waits.map((text) => line(text, "bad"))];
  }
  const selected = Math.min(ui.selected.failures, failures.length - 1);
  const detail = detailOf(failures[selected], columns).slice(0, Math.max(3, room - 6));
  const table = renderTerminal(
    {
      columns: [
        { title: words.target[lang], shrink: 12 },
        { title: words.outcome[lang] },
        { title: words.code[lang], shrink: 6, drop: 1 },
        { title: words.item[lang], shrink: 10, drop: 2 },
      ],
      rows: failures.map(({ target, key, outcome, code }) => [
        clean(target),
        outcomeWords[outcome][lang],
        clean(code ?? "—", 100),
        clean(key.split("@")[0] ?? ""),
      ]),
    },
    columns,
  );
  return [...tableLines(table, { selected, room: room - detail.length, columns, lang }), ...detail];
}

function detailOf(failure: Failure | undefined, columns: number): readonly Line[] {
  if (failure === undefined) return [];
  const { key, code, message } = failure;
  const details = clean(
    [code, message].filter((part) => part !== null && part !== "").join(" "),
    600,
  );
  return [
    line("─".repeat(columns), "dim"),
    fitLine(line(clean(key), "bold"), columns),
    ...wrap(details === "" ? "—" : details, columns).map((text) => line(text, "bad")),
  ];
}

/** One failure on one line: outcome, call, and the vendor's code and message. */
export function failureRow({ key, outcome, code, message }: Failure, lang: Lang): Line {
  const details = [code, message].filter((part) => part !== null && part !== "").join(" ");
  return [
    { text: `✗ ${outcomeWords[outcome][lang]} `, tone: "bad" },
    { text: clean(key), tone: "dim" },
    { text: ` ${clean(details, 400)}` },
  ];
}
