import type { Outcome } from "../domain/outcome.ts";
import type { ErrorRow } from "../domain/provider.ts";
import type { HttpEnd } from "../transport/http.ts";
import type { Result } from "./exchange/reader.ts";
import type { ReplyContent } from "./exchange/reply-content.ts";

import { isGood, outcomeOf } from "./failure.ts";

export type Classified = {
  readonly outcome: Outcome;
  readonly code: string | null;
  readonly message: string | null;
};

/** What came and what the vendor counted, as far as it bears on whether there is an answer. */
export type ReplyEvidence = {
  readonly content: ReplyContent;
  /** The reply is as long as the request allows. */
  readonly isFull: boolean;
  /** Tokens of answer that were counted and never came; see `missingTokens`. */
  readonly missing: number;
};

/**
 * Names how an attempt ended. The vendor's error comes first, then the socket's failure unless the reply was complete by
 * then, then what came.
 */
export function classifyOutcome(
  rows: readonly ErrorRow[],
  end: HttpEnd,
  result: Result,
  evidence: ReplyEvidence,
): Classified {
  const { draft, status, body, headers } = result;
  if (draft.error !== null && status !== null) {
    const { code, message, body: json } = draft.error;
    const facts = { status: draft.error.status ?? status, code, message, body: json, headers };
    return {
      outcome: outcomeOf(rows, facts),
      code,
      message,
    };
  }
  if (end.failure !== null && !hasAnswer(result)) return end.failure;
  if (status === null) return malformed("no status");
  if (!isGood(status)) {
    const message = excerpt(body ?? "");
    // The words of a web page are not the vendor's.
    const said = isPage(body) ? "" : message;
    return {
      outcome: outcomeOf(rows, { status, code: null, message: said, body: null, headers }),
      code: null,
      message: saysOther.has(status) && isHtml(body) ? pageInstead(message) : message,
    };
  }
  if (isPage(body)) return malformed(pageInstead(excerpt(body)));
  if (result.fault !== null) return malformed(result.fault);
  return judgeFinish(rows, result, evidence);
}

/** True if the reply said its own end, so that nothing which happened to the connection afterwards matters. */
export const hasAnswer = ({ draft, status, timed, fault }: Result): boolean =>
  isGood(status) && fault === null && draft.error === null && timed.end() !== null;

function judgeFinish(
  rows: readonly ErrorRow[],
  { draft, status, timed }: Result,
  { content, isFull, missing }: ReplyEvidence,
): Classified {
  const { finish } = draft;
  if (finish?.reason === "filter") {
    return { outcome: "filtered-output", code: finish.raw, message: null };
  }
  if (finish?.reason === "other" || finish?.reason === "error") {
    const facts = { status: status ?? 200, code: finish.raw, message: "", body: null };
    const known = rows.some((row) => row.code !== undefined && row.code === finish.raw);
    if (known || finish.reason === "error") {
      return { outcome: outcomeOf(rows, facts), code: finish.raw, message: null };
    }
  }
  const isCut = finish?.reason === "length" || isFull;
  const isSilent =
    content.text === "" && content.reasoning === "" && content.tool_calls.length === 0;
  if (isSilent && !isCut && finish?.reason !== "tool" && finish?.reason !== "refusal") {
    return malformed("nothing came: no text, no reasoning, no tool call");
  }
  if (finish?.reason !== "refusal" && missing > 0) {
    return malformed(`the vendor counted ${missing} tokens of an answer that never came`);
  }
  const isEnded = finish !== null || draft.done || timed.endsWithUsage();
  if (!isEnded) return malformed("the stream broke off");
  return { outcome: isCut ? "length" : "ok", code: null, message: null };
}

const isPage = (body: string | null): body is string => body?.trimStart().startsWith("<") === true;

const isHtml = (body: string | null): boolean =>
  isPage(body) && /<(?:!doctype html|html|head|title|body|h1)\b/i.test(body.slice(0, 1000));

const pageInstead = (words: string): string => `a web page instead of an answer: ${words}`;

/**
 * With a page, the word of another program, not of a gateway before a server that is away or busy: Python's `http.server`
 * answers a POST with 501, nginx with 405, Express with 404, Jenkins with 403.
 */
const saysOther: ReadonlySet<number> = new Set([400, 403, 404, 405, 406, 410, 411, 415, 426, 501]);

const malformed = (message: string): Classified => ({ outcome: "malformed", code: null, message });

/** The first words of a body, without tags. */
const excerpt = (body: string): string =>
  body
    .slice(0, 4000)
    .replaceAll(/<(style|script)[\s\S]*?<\/\1>/gi, " ")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, 300);
