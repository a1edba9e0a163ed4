import type { ReceivedHttp } from "../kit/protocol.ts";

import { listOf, memberOf, textOf } from "../../domain/json.ts";

/** A request of a batch: where it would go by itself. */
export type SimulatedRow = {
  readonly custom_id: string;
  readonly path: string;
  readonly body: unknown;
};

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** The requests of an uploaded file, or what is wrong with it. */
export function rowsOfFile(
  input: string,
  request: ReceivedHttp,
  files: ReadonlyMap<string, string>,
): readonly SimulatedRow[] | string {
  const text = files.get(input);
  if (text === undefined) return `no such file: ${input}`;
  const prefix = request.path.replace(/\/(?:batches|batch\/jobs)$/, "");
  const rows = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => jsonOf(line));
  const made = rows.map((row) => ({
    custom_id: textOf(memberOf(row, "custom_id")) ?? "",
    path: prefix + (textOf(memberOf(row, "url")) ?? "/v1/chat/completions").replace(/^\/v\d+/, ""),
    body: memberOf(row, "body"),
  }));
  return wrongIds(made) ?? made;
}

function wrongIds(rows: readonly SimulatedRow[]): string | null {
  const ids = new Set(rows.map(({ custom_id }) => custom_id));
  if (rows.length === 0) return "a batch needs requests";
  if (ids.size < rows.length) return "custom_id must be unique";
  const odd = [...ids].find((id) => !/^[a-zA-Z0-9_-]{1,64}$/.test(id));
  return odd === undefined ? null : `custom_id: ${odd}`;
}

/** Rows that a request carries itself. */
export const inlineRows = (
  list: unknown,
  rowOf: (each: unknown) => SimulatedRow,
): readonly SimulatedRow[] | string => {
  const rows = listOf(list).map(rowOf);
  return wrongIds(rows) ?? rows;
};
