import { z } from "zod";

import type { Reply } from "../../domain/call.ts";
import type { Http } from "../../transport/http.ts";

import { formats } from "../../domain/formats.ts";

/** One request and its response, without credentials: of the request the path and the body alone. */
const Exchange = z.strictObject({
  method: z.string(),
  path: z.string(),
  body: z.string().nullable(),
  /** Null if no response began. */
  status: z.int().nullable(),
  headers: z.record(z.string(), z.string()),
  encoding: z.enum(["utf8", "base64"]),
  response: z.string(),
});
export type Exchange = z.infer<typeof Exchange>;

const RecordedReply = z.strictObject({
  outcome: z.string(),
  text: z.string(),
  reasoning_characters: z.int(),
  finish: z.string().nullable(),
  tools: z.array(z.string()),
  usage: z.record(z.string(), z.number().nullable()),
  model_returned: z.string().nullable(),
});
export type RecordedReply = z.infer<typeof RecordedReply>;

/** What a vendor said to the checks of `ping --full`, to be read again by a test. */
export const Recording = z.strictObject({
  schema: z.literal(formats.recording),
  provider: z.string(),
  model: z.string(),
  /** Where it was asked; a gateway proves nothing of the vendor. */
  host: z.string(),
  recorded_on: z.iso.date(),
  tool: z.string(),
  simulated: z.boolean(),
  steps: z.array(
    z.strictObject({ check: z.string(), exchanges: z.array(Exchange), reply: RecordedReply }),
  ),
});
export type Recording = z.infer<typeof Recording>;

/** What has to be the same when a recording is read again. */
export const recordedReply = (reply: Reply, redact: (text: string) => string): RecordedReply => ({
  outcome: reply.outcome,
  text: redact(reply.text),
  reasoning_characters: reply.reasoning.length,
  finish: reply.finish?.raw ?? null,
  tools: (reply.tool_calls ?? []).map(({ name }) => name),
  usage: { ...reply.usage },
  model_returned: reply.model_returned === null ? null : redact(reply.model_returned),
});

const keptHeaders = /^(?:content-type|retry-after(?:-ms)?|.*ratelimit.*)$/;

/** An HTTP client that tells what passed through it, with secrets removed. */
export const listening =
  (heard: (exchange: Exchange) => void, redact: (text: string) => string) =>
  (http: Http): Http => ({
    ...http,
    exchange: async (request, receiver, options) => {
      const pieces: Buffer[] = [];
      let status: number | null = null;
      let headers: Readonly<Record<string, string>> = {};
      const end = await http.exchange(
        request,
        {
          over: () => receiver.over?.() ?? false,
          enough: () => receiver.enough?.() ?? null,
          settled: (at_ms) => receiver.settled?.(at_ms) ?? false,
          head: (code, all) => {
            status = code;
            headers = kept(all, redact);
            receiver.head(code, all);
          },
          data: (chunk, at_ms) => {
            pieces.push(Buffer.from(chunk));
            return receiver.data(chunk, at_ms);
          },
        },
        options,
      );
      heard({
        method: request.method,
        path: redact(new URL(request.url).pathname),
        body: request.body === null ? null : redact(request.body),
        status,
        headers,
        ...responseText(Buffer.concat(pieces), redact),
      });
      return end;
    },
  });

function kept(
  all: Readonly<Record<string, string | readonly string[] | undefined>>,
  redact: (text: string) => string,
): Readonly<Record<string, string>> {
  const entries = Object.entries(all).flatMap(([name, value]) =>
    typeof value === "string" && keptHeaders.test(name) ? [[name, redact(value)] as const] : [],
  );
  return Object.fromEntries(entries);
}

/** Frames of bytes hold no words that could be redacted, and no vendor puts a key into them. */
function responseText(
  bytes: Buffer,
  redact: (text: string) => string,
): Pick<Exchange, "encoding" | "response"> {
  const text = bytes.toString("utf8");
  return Buffer.from(text, "utf8").equals(bytes)
    ? { encoding: "utf8", response: redact(text) }
    : { encoding: "base64", response: bytes.toString("base64") };
}
