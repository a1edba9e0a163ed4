import type { Outcome } from "../../domain/outcome.ts";

import { outcomeOfStatus } from "../../domain/outcome.ts";
import { outcomeOfCodes, outcomeOfGeneralCodes } from "./known-codes.ts";
import { isAboutOutput, outcomeOfDecisiveWords, outcomeOfWords } from "./known-sentences.ts";

/** What an error says, wherever in its body it says it. */
export type ErrorWords = {
  /** Codes, types and exception names. */
  readonly codes: readonly string[];
  /** The message, with those of the vendor behind a gateway. */
  readonly text: string;
  /** Of the response; 200 for an error inside an answer. */
  readonly status: number;
};

/**
 * What an error means at any host, most of all at a gateway in front of many vendors: a vendor's own rows come before.
 * Null if neither codes nor words are known, so that the status decides.
 */
export function knownOutcome({ codes, text, status }: ErrorWords): Outcome | null {
  const said = text.slice(0, mostCharacters).replaceAll(requestIds, " ");
  const decisive = outcomeOfDecisiveWords(said);
  if (decisive !== null) return decisive;
  if (status === 402) return "quota";
  const coded = outcomeOfCodes([...codes, ...codesIn(said)]);
  if (coded === "filtered-input" && isAboutOutput(said)) return "filtered-output";
  // A code for any limit says less than words about money.
  if (coded === "rate-limited" || coded === "permission" || coded === null) {
    const worded = outcomeOfWords(said);
    if (coded === null || worded === "quota") return worded ?? behind(codes, status);
  }
  return coded;
}

/** Longer messages quote the request. */
const mostCharacters = 2_000;
/** Gateways append them, and "request" would pass for a word about the prompt. */
const requestIds = /\(?\b(?:request|trace|log)[ _-]?id\b["']?[:：=]?\s*[\w.-]*\)?/gi;

/** A status given as a code, of the vendor behind a gateway; inside 200, then a general code. */
function behind(codes: readonly string[], status: number): Outcome | null {
  const isTelling = status >= 300 && status < 500;
  if (isTelling) return null;
  const inner = codes
    .map(Number)
    .find((code) => Number.isInteger(code) && code >= 400 && code < 600);
  if (inner !== undefined) return outcomeOfStatus(inner);
  return status < 300 ? outcomeOfGeneralCodes(codes) : null;
}

/** Codes that stand in a sentence: `(1026)`, `[1301]`, `code: 1301`, `错误码 10013`, `<400> InternalError.Algo.DataInspectionFailed: …`. */
function codesIn(text: string): readonly string[] {
  const numbers = [
    ...text.matchAll(
      /(?:code|错误码|错误代码|状态码)["'\s:：=]{0,4}(\d{4,6})\b|[([（【](\d{4,6})[)\]）】]|^(\d{4,6})[:：, ]/gi,
    ),
  ].map((found) => found[1] ?? found[2] ?? found[3] ?? "");
  const names =
    text.match(
      /\b[A-Za-z]+(?:[._][A-Za-z]+)*(?:Error|Failed|Exception|Exceeded|Denied|Detected|Throttling)\b/g,
    ) ?? [];
  return [...numbers, ...names];
}
