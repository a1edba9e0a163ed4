import type { Outcome } from "../domain/outcome.ts";
import type { ErrorRow } from "../domain/provider.ts";
import type { HttpEnd } from "../transport/http.ts";
import type { Result } from "./reader.ts";

import { isGood, outcomeOf } from "./failure.ts";

export type Classified = {
  readonly outcome: Outcome;
  readonly code: string | null;
  readonly message: string | null;
};

/** Names how an attempt ended. The vendor's error comes first, then the socket's failure, then the shape of the stream. */
export function classifyOutcome(
  rows: readonly ErrorRow[],
  end: HttpEnd,
  result: Result,
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
  if (end.failure !== null) return end.failure;
  if (status === null) return malformed("no status");
  if (!isGood(status)) {
    const message = excerpt(body ?? "");
    // The words of a web page are not the vendor's.
    const said = isPage(body) ? "" : message;
    return {
      outcome: outcomeOf(rows, { status, code: null, message: said, body: null, headers }),
      code: null,
      message,
    };
  }
  if (isPage(body)) {
    return malformed(`a web page instead of an answer: ${excerpt(body)}`);
  }
  if (result.fault !== null) return malformed(result.fault);
  return judgeFinish(rows, result);
}

function judgeFinish(rows: readonly ErrorRow[], { draft, status }: Result): Classified {
  const finish = draft.finish;
  if (finish === null) return draft.done ? ok("ok") : malformed("the stream broke off");
  if (finish.reason === "length") return ok("length");
  if (finish.reason === "filter") {
    return { outcome: "filtered-output", code: finish.raw, message: null };
  }
  if (finish.reason === "other" || finish.reason === "error") {
    const facts = { status: status ?? 200, code: finish.raw, message: "", body: null };
    const known = rows.some((row) => row.code !== undefined && row.code === finish.raw);
    if (known || finish.reason === "error") {
      return { outcome: outcomeOf(rows, facts), code: finish.raw, message: null };
    }
  }
  return ok("ok");
}

const isPage = (body: string | null): body is string => body?.trimStart().startsWith("<") === true;

const ok = (outcome: "ok" | "length"): Classified => ({ outcome, code: null, message: null });
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
