import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { ChatMessage } from "../../domain/call.ts";

import { memberOf, textOf } from "../../domain/json.ts";
import { jsonRows } from "../../files/json-rows.ts";
import { SkipRow } from "../importer.ts";
import { askedIn, contentOf, messagesOf } from "./reply.ts";

export type BatchRequest = {
  readonly before: readonly ChatMessage[];
  readonly prompt: string;
};
export type BatchRequests = ReadonlyMap<string, BatchRequest>;

/**
 * The questions of a batch by `custom_id`: its answers do not repeat them, but the file that was handed in has them. Every JSON
 * Lines file in the same folder is looked at; none of them need be there.
 */
export async function requestsBeside(file: string): Promise<BatchRequests> {
  const folder = dirname(file);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl")).toSorted();
  const found = new Map<string, BatchRequest>();
  for (const name of names) {
    for await (const row of jsonRows(join(folder, name))) {
      const value = "value" in row ? row.value : null;
      const id = textOf(memberOf(value, "custom_id"));
      const body = memberOf(value, "body");
      // The answers have an id too; a file without requests is not read to its end.
      if (id === null || body === undefined) break;
      const request = requestOf(body);
      if (request !== null) found.set(id, request);
    }
  }
  return found;
}

/** What a body of `chat/completions` or `responses` asks; null where it asks nothing in words. */
export function requestOf(body: unknown): BatchRequest | null {
  try {
    const messages = memberOf(body, "messages") ?? memberOf(body, "input");
    const system = contentOf(memberOf(body, "instructions") ?? memberOf(body, "system"));
    const { before, prompt } =
      typeof messages === "string"
        ? { before: [], prompt: messages }
        : askedIn(messagesOf(messages));
    return {
      before: system === "" ? before : [{ role: "system", text: system }, ...before],
      prompt,
    };
  } catch (error) {
    if (error instanceof SkipRow) return null;
    throw error;
  }
}
