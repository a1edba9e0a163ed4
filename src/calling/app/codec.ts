import type { App } from "../../domain/app/app.ts";
import type { Codec } from "../exchange/codec.ts";

import { createSseParser } from "../../transport/sse.ts";
import { linesStream } from "../exchange/codec.ts";
import { type AppReader, createAppReader, errorIn } from "./read.ts";

const doneMark = /^"?\[done\]"?$/i;

/**
 * How the answers of an application are read: as a stream of events or lines, or as one JSON body, all by the same rows.
 * `[DONE]` ends a stream, unless a row says what does: some send what they retrieved behind it.
 */
export function appCodec({ read: rows = [], stream = "sse" }: App): Codec {
  const hasOwnEnd = rows.some(({ done }) => done === true);
  return {
    stream:
      stream === "lines"
        ? (draft, guard) => {
            const reader = createAppReader(rows);
            return linesStream((json, into) => reader.read({ json, name: "" }, into))(draft, guard);
          }
        : (draft, guard) => {
            const reader = createAppReader(rows);
            const take = (data: string, name: string): void => {
              const text = data.trim();
              if (text === "") return readNamed(reader, name);
              if (!doneMark.test(text)) return reader.read({ json: JSON.parse(text), name }, draft);
              draft.finish ??= { reason: "stop", raw: null };
              if (!hasOwnEnd) draft.done = true;
            };
            const readNamed = (to: AppReader, name: string): void =>
              to.read({ json: null, name }, draft);
            return createSseParser({
              event: (data, name, at_ms) => {
                draft.arrived(at_ms);
                guard(take, data, name);
              },
            });
          },
    json_lines: stream === "lines",
    body: (json, draft) => {
      const reader = createAppReader(rows);
      reader.read({ json, name: "" }, draft);
      if (!reader.hasRead()) throw new Error("the answer holds nothing that app.read names");
    },
    error: (json) => errorIn(rows, { json, name: "" }),
  };
}
