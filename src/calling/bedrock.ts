import { crc32 } from "node:zlib";

import type { MessageHeaders } from "@smithy/core/event-streams";
import { EventStreamCodec } from "@smithy/core/event-streams";

import type { ErrorRow } from "../domain/provider.ts";
import type { Codec } from "./exchange/codec.ts";
import type { ReplyDraft, VendorError } from "./exchange/draft.ts";

import { memberOf, textOf } from "../domain/json.ts";
import { headerOf } from "./exchange/stream.ts";

/** Shared by the two protocols of Amazon Bedrock: frames and errors. */

/** Runtime exceptions, as named by an error's header or a frame; the case of the first letter varies. */
export const bedrockErrors: readonly ErrorRow[] = [
  { message: "input is too long", outcome: "context-overflow" },
  { message: "too many input tokens", outcome: "context-overflow" },
  { message: "model identifier is invalid", outcome: "model-not-found" },
  { message: "tokens per day", outcome: "quota" },
  { code: "ServiceQuotaExceededException", outcome: "quota" },
  { code: "ThrottlingException", outcome: "rate-limited" },
  { code: "ModelNotReadyException", outcome: "overloaded" },
  { code: "ServiceUnavailableException", outcome: "overloaded" },
  { code: "ModelTimeoutException", outcome: "timeout" },
  { code: "ModelErrorException", outcome: "server" },
  { code: "ModelStreamErrorException", outcome: "server" },
  { code: "InternalServerException", outcome: "server" },
  { code: "ResourceNotFoundException", outcome: "model-not-found" },
  { code: "UnrecognizedClientException", outcome: "auth" },
  { code: "InvalidSignatureException", outcome: "auth" },
  { code: "SignatureDoesNotMatch", outcome: "auth" },
  { code: "ExpiredTokenException", outcome: "auth" },
  { code: "AccessDeniedException", outcome: "permission" },
  { code: "ValidationException", outcome: "bad-request" },
];

const preludeBytes = 12;
const maxFrameBytes = 24 * 1024 * 1024;
const utf8 = new TextDecoder("utf-8");
const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === "string" ? bytes : utf8.decode(bytes)),
  (text) => new TextEncoder().encode(text),
);

/**
 * A stream of `application/vnd.amazon.eventstream` frames, whose checksums are verified. Exceptions become the
 * draft's error; leftover bytes at the end mean that the stream broke off.
 */
export const frameStream =
  (event: (json: unknown, name: string, draft: ReplyDraft) => void): Codec["stream"] =>
  (draft, guard) => {
    let parts: Buffer[] = [];
    let held = 0;
    /** Nothing can be read before this many bytes are there, so they are joined no earlier. */
    let needed = preludeBytes;
    let broken = false;
    const take = (frame: Buffer): void => {
      const { headers, body } = codec.decode(frame);
      const json: unknown = body.length === 0 ? {} : JSON.parse(utf8.decode(body));
      const type = headerText(headers, ":message-type");
      if (type === "event") event(json, headerText(headers, ":event-type"), draft);
      else draft.error ??= frameError(headers, json);
    };
    const fail = (problem: string): void => {
      broken = true;
      keep(Buffer.alloc(0));
      guard(() => {
        throw new Error(problem);
      });
    };
    const keep = (bytes: Buffer): void => {
      parts = bytes.length === 0 ? [] : [bytes];
      held = bytes.length;
    };
    return {
      push: (chunk) => {
        if (broken) return;
        parts.push(Buffer.from(chunk));
        held += chunk.length;
        if (held < needed) return;
        let rest = Buffer.concat(parts, held);
        needed = preludeBytes;
        while (rest.length >= preludeBytes) {
          const length = rest.readUInt32BE(0);
          const problem = preludeProblem(rest, length);
          if (problem !== null) return fail(problem);
          if (rest.length < length) {
            needed = length;
            break;
          }
          const frame = rest.subarray(0, length);
          rest = rest.subarray(length);
          guard(() => take(frame));
        }
        keep(rest);
      },
      end: () => {
        if (held > 0) fail("the stream broke off inside a frame");
      },
      broken: () => broken,
      held: () => held,
    };
  };

/** Checked before the frame is complete: with a wrong length we would wait for bytes that never come. */
function preludeProblem(bytes: Buffer, length: number): string | null {
  if (crc32(bytes.subarray(0, 8)) !== bytes.readUInt32BE(8))
    return "a frame's prelude fails its checksum";
  const fits = length >= preludeBytes + 4 && length <= maxFrameBytes;
  return fits ? null : `an event stream frame of ${length} bytes`;
}

function headerText(headers: MessageHeaders, name: string): string {
  const value = headers[name]?.value;
  return typeof value === "string" ? value : "";
}

const frameError = (headers: MessageHeaders, json: unknown): VendorError => ({
  code: headerText(headers, ":exception-type") || headerText(headers, ":error-code") || null,
  message: messageIn(json) ?? headerText(headers, ":error-message"),
  body: json,
});

const messageIn = (json: unknown): string | null =>
  textOf(memberOf(json, "message") ?? memberOf(json, "Message"));

/** The error's name is in a header, sometimes followed by a URL. */
export const bedrockError: Codec["error"] = (json, headers) => {
  const type = headerOf(headers, "x-amzn-errortype") ?? textOf(memberOf(json, "__type"));
  const message = messageIn(json);
  if (type === null && message === null) return null;
  return {
    code: type?.split(":")[0]?.split("#").at(-1) ?? null,
    message: message ?? JSON.stringify(json),
    body: json,
  };
};
