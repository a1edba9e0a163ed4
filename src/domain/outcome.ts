/** How an attempt or a call ended. The order is that of the design page. */
export const outcomes = [
  "ok",
  "length",
  "filtered-input",
  "filtered-output",
  "context-overflow",
  "bad-request",
  "auth",
  "permission",
  "model-not-found",
  "quota",
  "rate-limited",
  "overloaded",
  "timeout",
  "network",
  "server",
  "malformed",
  "aborted",
] as const;
export type Outcome = (typeof outcomes)[number];

const retried: ReadonlySet<Outcome> = new Set([
  "rate-limited",
  "overloaded",
  "timeout",
  "network",
  "server",
  "malformed",
]);

/** True where another attempt may end differently. */
export const isRetryable = (outcome: Outcome): boolean => retried.has(outcome);

const stopping: ReadonlySet<Outcome> = new Set(["auth", "permission", "model-not-found", "quota"]);

/** True where every other call of the same target would end the same until somebody does something about it. */
export const stopsTarget = (outcome: Outcome): boolean => stopping.has(outcome);

/** True where the model's words go to a grader; `length` is graded and counted apart. */
export const isGraded = (outcome: Outcome): boolean => outcome === "ok" || outcome === "length";

/** True where the vendor's content filter spoke instead of the model: a result, not an error. */
export const isFiltered = (outcome: Outcome): boolean =>
  outcome === "filtered-input" || outcome === "filtered-output";

/** True where nothing can be said about the model's skill: the call failed for good. */
export const isFailed = (outcome: Outcome): boolean =>
  !isGraded(outcome) && !isFiltered(outcome) && outcome !== "context-overflow";

/**
 * The class of an HTTP status where no vendor row says better.
 * 404 is model-not-found because chat endpoints have no other resource; 407 is a proxy that wants credentials; 413 is
 * context-overflow.
 */
export function outcomeOfStatus(status: number): Outcome {
  if (status === 401 || status === 407) return "auth";
  if (status === 402) return "quota";
  if (status === 403) return "permission";
  if (status === 404) return "model-not-found";
  if (status === 408) return "timeout";
  if (status === 409) return "server";
  if (status === 413) return "context-overflow";
  if (status === 429) return "rate-limited";
  if (status === 503 || status === 529) return "overloaded";
  if (status >= 500) return "server";
  if (status >= 400) return "bad-request";
  return "malformed";
}
