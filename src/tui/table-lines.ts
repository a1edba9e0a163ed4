import { fitLine, filled, line, windowOf, type Line } from "./line.ts";

export type TableOptions = {
  readonly selected: number;
  /** Available lines, header included. */
  readonly room: number;
  readonly columns: number;
  /** Colours rows by their index. */
  readonly tone?: (row: number) => "good" | "bad" | "warn" | "dim" | undefined;
};

/** A rendered table as lines: its header and as many rows around the selected one as fit. */
export function tableLines(table: string, options: TableOptions): readonly Line[] {
  const { selected, room, columns, tone } = options;
  const [title = "", rule = "", ...rows] = table.split("\n");
  const shown = windowOf(rows, selected, room - 2);
  return [
    fitLine(line(title, "bold"), columns),
    fitLine(line(rule, "dim"), columns),
    ...shown.rows.map((text, place) =>
      shown.from + place === selected
        ? filled(text, columns, "selected")
        : fitLine(line(text, tone?.(shown.from + place)), columns),
    ),
  ];
}
