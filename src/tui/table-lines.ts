import type { Lang } from "../domain/text.ts";

import { fitLine, filled, line, windowOf, type Line } from "./line.ts";
import { words } from "./words.ts";

export type TableOptions = {
  readonly selected: number;
  /** Available lines, header included. */
  readonly room: number;
  readonly columns: number;
  readonly lang: Lang;
  /** Colours rows by their index. */
  readonly tone?: (row: number) => "good" | "bad" | "warn" | "dim" | undefined;
};

/** The header and its rule. */
const headRows = 2;
/** With fewer rows than this there is no room to say which ones they are. */
const leastRows = 3;

/**
 * A rendered table as lines: its header and as many rows around the selected one as fit. Where some do not, a last line says
 * which are shown and how to reach the others.
 */
export function tableLines(table: string, options: TableOptions): readonly Line[] {
  const { selected, room, columns, lang, tone } = options;
  const [title = "", rule = "", ...rows] = table.split("\n");
  const most = room - headRows;
  const isTold = rows.length > most && most > leastRows;
  const shown = windowOf(rows, selected, isTold ? most - 1 : most);
  const place = { from: shown.from + 1, to: shown.from + shown.rows.length, of: rows.length };
  return [
    fitLine(line(title, "bold"), columns),
    fitLine(line(rule, "dim"), columns),
    ...shown.rows.map((text, index) =>
      shown.from + index === selected
        ? filled(text, columns, "selected")
        : fitLine(line(text, tone?.(shown.from + index)), columns),
    ),
    ...(isTold ? [fitLine(line(words.rows[lang](place), "dim"), columns)] : []),
  ];
}
