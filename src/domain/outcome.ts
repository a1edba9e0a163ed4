/** How an attempt or a call ended. */
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

/** True if another attempt may end differently. */
export const isRetryable = (outcome: Outcome): boolean => retried.has(outcome);

const stopping: ReadonlySet<Outcome> = new Set(["auth", "permission", "model-not-found", "quota"]);

/** True if every other call of the same target would end the same way until somebody intervenes. */
export const stopsTarget = (outcome: Outcome): boolean => stopping.has(outcome);

/** True if the model's text goes to a grader; `length` is graded and counted separately. */
export const isGraded = (outcome: Outcome): boolean => outcome === "ok" || outcome === "length";

/** True if the vendor's content filter answered instead of the model: a result, not an error. */
export const isFiltered = (outcome: Outcome): boolean =>
  outcome === "filtered-input" || outcome === "filtered-output";

/** True if the call failed for good, so it says nothing about the model's skill. */
export const isFailed = (outcome: Outcome): boolean =>
  !isGraded(outcome) && !isFiltered(outcome) && outcome !== "context-overflow";

/**
 * The outcome of an HTTP status that no vendor row covers.
 * 404 is model-not-found because chat endpoints have no other resource; 407 is a proxy that requires credentials; 413
 * is context-overflow.
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
