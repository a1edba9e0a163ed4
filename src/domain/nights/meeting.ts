import type { Attempt } from "../call.ts";
import type { Outcome } from "../outcome.ts";

/**
 * How a user meets one attempt: answered, or in one of the ways in which a service fails them. `refused` is our own key,
 * account or request, which says nothing about the service.
 */
export const meetings = [
  "answered",
  "throttled",
  "busy",
  "server",
  "maintenance",
  "timeout",
  "network",
  "malformed",
  "empty",
  "refused",
] as const;
export type MetAs = (typeof meetings)[number];

/** Ways in which a service fails its user: all but an answer and our own mistakes. */
export const failedMeetings: readonly MetAs[] = meetings.filter(
  (each) => each !== "answered" && each !== "refused",
);

const byOutcome: Readonly<Record<Outcome, MetAs | null>> = {
  ok: "answered",
  length: "answered",
  // The vendor's filter is a reply of the service: whether it should block is graded elsewhere.
  "filtered-input": "answered",
  "filtered-output": "answered",
  "context-overflow": "refused",
  "bad-request": "refused",
  auth: "refused",
  permission: "refused",
  "model-not-found": "refused",
  quota: "refused",
  "rate-limited": "throttled",
  overloaded: "busy",
  timeout: "timeout",
  network: "network",
  server: "server",
  malformed: "malformed",
  // We broke it off ourselves.
  aborted: null,
};

/** How an attempt was met; null where it was broken off here. `empty`: it was answered without words. */
export function meetingOf(
  { outcome, message }: Pick<Attempt, "outcome" | "message">,
  empty: boolean,
): MetAs | null {
  const met = byOutcome[outcome];
  if (met === "answered" && empty && (outcome === "ok" || outcome === "length")) return "empty";
  if ((met === "server" || met === "busy") && isMaintenance(message)) return "maintenance";
  return met;
}

const isMaintenance = (message: string | null): boolean =>
  message !== null &&
  /(系统|服务|停机|计划|例行|正在|升级|平台).{0,6}维护|维护(中|升级|期间|窗口)|\b(under|scheduled|planned|for|system) maintenance\b/i.test(
    message,
  );
