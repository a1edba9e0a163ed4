import type { Text } from "../domain/text.ts";

/** One record with the line where it starts, counted from 1, or why it could not be read. */
export type CsvRecord =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly problem: Text };

/**
 * Records of delimited text (RFC 4180): quotes, doubled quotes, line ends inside quotes, CRLF. The delimiter is the one that
 * is asked for, else that of a first line `sep=;`, which is then no record, else whichever of comma, tab and semicolon stands in most
 * of the first lines. Blank lines are left out.
 *
 * Why this is not csv-parse (7.0.3, tried in 2026-11 with `relax_quotes`, `relax_column_count`, and `ltrim` or `trim`):
 * - `"a,b" ,c` and `"a"b,c` cannot both be read. `relax_quotes` with `ltrim` leaves the quotes in the first; `trim`
 *   reads it, and at the second gives up the whole file.
 * - A quote that is never closed is reported at the last line of the file, not where its record starts, and records
 *   that were read before it are lost in the stream's buffer (of 51 small ones, 15).
 * - A lone carriage return in a cell counts as a line, so that the rows below it are named wrongly.
 */
export async function* csvRecords(
  pieces: AsyncIterable<string>,
  asked: string | null = null,
): AsyncGenerator<CsvRecord> {
  const parser = createParser(asked);
  for await (const piece of pieces) yield* parser.push(piece);
  yield* parser.end();
}

function createParser(asked: string | null) {
  let delimiter = asked;
  let head = "";
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let wasQuoted = false;
  let pendingQuote = false;
  let line = 1;
  let start = 1;

  const endCell = (): void => {
    cells.push(cell);
    cell = "";
    wasQuoted = false;
  };
  const endRecord = (): readonly CsvRecord[] => {
    endCell();
    const record = { line: start, cells };
    cells = [];
    start = line + 1;
    return record.cells.length === 1 && record.cells[0]?.trim() === "" ? [] : [record];
  };
  const take = (char: string): readonly CsvRecord[] => {
    if (quoted) {
      if (pendingQuote) {
        pendingQuote = false;
        if (char === '"') {
          cell += '"';
          return [];
        }
        quoted = false;
      } else if (char === '"') {
        pendingQuote = true;
        return [];
      } else {
        if (char === "\n") line += 1;
        cell += char;
        return [];
      }
    }
    if (char === '"' && cell.trim() === "" && !wasQuoted) {
      quoted = true;
      wasQuoted = true;
      cell = "";
    } else if (char === delimiter) {
      endCell();
    } else if (char === "\n") {
      if (cell.endsWith("\r")) cell = cell.slice(0, -1);
      const records = endRecord();
      line += 1;
      return records;
    } else if (!(wasQuoted && char === "\r")) {
      cell += char;
    }
    return [];
  };
  function* takeAll(text: string): Generator<CsvRecord> {
    for (const char of text) yield* take(char);
  }
  function* begin(): Generator<CsvRecord> {
    const [line0 = "", told] = sepLine.exec(head) ?? [];
    delimiter = told === undefined ? likelyDelimiter(head) : told === "\\t" ? "\t" : told;
    if (line0 !== "") {
      line = 2;
      start = 2;
    }
    yield* takeAll(head.slice(line0.length));
  }
  return {
    *push(piece: string): Generator<CsvRecord> {
      if (delimiter !== null) {
        yield* takeAll(piece);
        return;
      }
      head += piece;
      // Not `head`, which would be searched again with each piece of a long first line.
      if (!piece.includes("\n")) return;
      yield* begin();
    },
    *end(): Generator<CsvRecord> {
      if (delimiter === null) yield* begin();
      if (quoted && !pendingQuote) {
        yield { line: start, problem: { zh: "引号没有闭合", en: "a quote is never closed" } };
      } else if (cell !== "" || cells.length > 0) {
        yield* endRecord();
      }
    },
  };
}

/** What a spreadsheet writes above a table to name its delimiter, with or without quotes. */
const sepLine = /^\uFEFF?"?sep=(\\t|[^\r\n"])"?[,;\t]*(?:\r?\n|$)/i;

/** Lines that are looked at: a title above the table has no delimiter, or another one. */
const headLines = 12;

function likelyDelimiter(text: string): string {
  const lines = text
    .replaceAll(/"[^"]*"/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(0, headLines);
  const first = lines.find((line) => /[,\t;]/.test(line)) ?? "";
  const count = (char: string): number => first.split(char).length;
  const held = (char: string): number => lines.filter((line) => line.includes(char)).length;
  const [best = ","] = [",", "\t", ";"].toSorted(
    (a, b) => held(b) - held(a) || count(b) - count(a),
  );
  return best;
}
