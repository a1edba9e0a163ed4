import type { Answer, Trouble } from "../kit/exchange.ts";
import type { Frame } from "../kit/protocol.ts";
import type { ReplyPlan } from "../server/reply-plan.ts";
import type { WireResponse } from "../server/wire-response.ts";
import type { Fault } from "./script.ts";

import { paceOf } from "../server/pace.ts";
import {
  bodyResponse,
  framesOf,
  plainResponse,
  streamResponse,
  troubleResponse,
} from "../server/reply-plan.ts";
import { busyPage, hostileText, loginPage } from "./pages.ts";

const json = { "content-type": "application/json" };
const html = { "content-type": "text/html; charset=utf-8" };
const defaultChunks = 3;
/** Errors come back faster than answers. */
const errorShare = 0.3;

/** What goes over the wire when `fault` is applied to the reply. */
export function applyFault(fault: Fault, plan: ReplyPlan): WireResponse {
  const soon = plan.paced.headers_ms * errorShare;
  switch (fault.fault) {
    case "status":
      return statusResponse(fault, plan, soon);
    case "reset":
      return fault.after_chunks === undefined
        ? { ...nothing(soon), ending: "reset" }
        : cut(plan, fault.after_chunks, "reset");
    case "truncate":
      return cut(plan, fault.after_chunks ?? defaultChunks, "end");
    case "malformed":
      return malformed(plan, fault.after_chunks ?? defaultChunks);
    case "error-200":
      return fault.as === "json"
        ? bodyResponse(200, json, plan.protocol.trouble(troubleOf(fault), plan.meta).body, soon)
        : streamResponse(plan, [errorFrame(plan, troubleOf(fault), soon)]);
    case "stream-error":
      return streamError(plan, troubleOf(fault), fault.after_chunks ?? defaultChunks);
    case "trickle":
      return trickle(plan, fault.every_s * 1000, fault.for_s);
    case "hang":
      if (fault.at === "stream") return cut(plan, fault.after_chunks ?? defaultChunks, "hang");
      return fault.at === "start"
        ? { ...nothing(soon), ending: "hang" }
        : { ...plainResponse(plan), steps: [], ending: "hang" };
    case "filter-input":
      return troubleResponse(plan.protocol, inputFilter, plan.meta, soon);
    case "filter-output":
      return plainResponse(filtered(plan, fault.after_chunks ?? defaultChunks));
    case "empty":
      return plainResponse(withAnswer(plan, { text: "", reasoning: "" }));
    case "no-done":
      return streamResponseOr(plan, (frames) => frames.filter(({ kind }) => kind !== "done"));
    case "no-usage":
      return noUsage(plan);
    case "login-page":
      return bodyResponse(200, html, loginPage, soon);
    case "role-only":
      return roleOnly(plan, fault.for_s * 1000);
    case "slow":
      return plainResponse(delayed(plan, (at_ms) => at_ms * fault.factor));
    case "escapes":
      return plainResponse(withAnswer(plan, { text: `${hostileText}\n${plan.answer.text}` }));
    case "long-line":
      return plainResponse(
        withAnswer(plan, { text: `${"长".repeat(fault.chars)}\n${plan.answer.text}` }),
      );
  }
}

const inputFilter: Trouble = {
  outcome: "filtered-input",
  message: "输入内容可能包含不适当的信息，已被内容安全策略拦截。",
};

const nothing = (at_ms: number) =>
  ({ status: null, headers: {}, headers_ms: at_ms, steps: [], ending_ms: at_ms }) as const;

type Named<Kind> = Extract<Fault, { readonly fault: Kind }>;

function troubleOf(fault: Named<"error-200"> | Named<"stream-error">): Trouble {
  return {
    outcome: fault.outcome,
    message: fault.message ?? "The server had an error while processing your request.",
    ...(fault.code === undefined ? {} : { code: fault.code }),
  };
}

const statusOutcomes: Readonly<Record<number, Trouble["outcome"]>> = {
  401: "auth",
  402: "quota",
  403: "permission",
  404: "model-not-found",
  408: "timeout",
  429: "rate-limited",
  503: "overloaded",
};

function statusResponse(
  fault: Named<"status">,
  { protocol, meta }: ReplyPlan,
  at_ms: number,
): WireResponse {
  const { status } = fault;
  const headers = retryHeaders(fault);
  if (fault.body === "html")
    return bodyResponse(status, { ...html, ...headers }, busyPage(status), at_ms);
  if (fault.body === "empty") return bodyResponse(status, headers, "", at_ms);
  const message = fault.message ?? `simulated failure with status ${status}`;
  if (fault.body === "text") {
    return bodyResponse(status, { "content-type": "text/plain", ...headers }, message, at_ms);
  }
  const outcome = statusOutcomes[status] ?? (status < 500 ? "bad-request" : "server");
  const code = fault.code === undefined ? {} : { code: fault.code };
  return troubleResponse(protocol, { outcome, message, status, ...code }, meta, at_ms, headers);
}

function retryHeaders(fault: Named<"status">): Record<string, string> {
  const { retry_after_s, retry_after_date_s, retry_after_ms } = fault;
  const headers: Record<string, string> = {};
  if (retry_after_s !== undefined) headers["retry-after"] = String(retry_after_s);
  if (retry_after_date_s !== undefined) {
    headers["retry-after"] = new Date(Date.now() + retry_after_date_s * 1000).toUTCString();
  }
  if (retry_after_ms !== undefined) headers["retry-after-ms"] = String(retry_after_ms);
  return headers;
}

const isText = ({ kind }: Frame): boolean => kind === "reasoning" || kind === "text";

/** The frames up to and including the n-th text chunk. */
function framesUpTo(plan: ReplyPlan, chunks: number): readonly Frame[] {
  const frames = framesOf(plan);
  let left = chunks;
  const end = frames.findIndex((frame) => isText(frame) && --left < 0);
  return end < 0
    ? frames.filter(({ kind }) => kind === "role" || isText({ kind } as Frame))
    : frames.slice(0, end);
}

/** The first n chunks of a stream, or half a body, and then the ending. */
function cut(plan: ReplyPlan, chunks: number, ending: WireResponse["ending"]): WireResponse {
  if (plan.chat.stream) {
    const frames = framesUpTo(plan, chunks);
    const last = frames.at(-1)?.at_ms ?? plan.paced.headers_ms;
    return { ...streamResponse(plan, frames), ending, ending_ms: last };
  }
  const wire = plainResponse(plan);
  const body = wholeBody(plan);
  const half = Buffer.from(body).subarray(0, Math.floor(Buffer.byteLength(body) / 2));
  return {
    ...wire,
    headers: { ...json },
    steps: [{ at_ms: wire.headers_ms, render: () => half }],
    ending,
  };
}

const wholeBody = ({ protocol, chat, answer, meta }: ReplyPlan): string =>
  protocol.whole(chat, answer, meta).body;

function malformed(plan: ReplyPlan, chunks: number): WireResponse {
  if (!plan.chat.stream) {
    return bodyResponse(
      200,
      json,
      wholeBody(plan).replace(/"choices"\s*:/, '"choices"'),
      plan.paced.end_ms,
    );
  }
  const frames = framesOf(plan);
  const before = framesUpTo(plan, chunks).length;
  return streamResponse(
    plan,
    frames.map((frame, index) => (index === before ? broken(frame) : frame)),
  );
}

const broken = (frame: Frame): Frame => ({
  ...frame,
  kind: "raw",
  render: (stamp) =>
    `${Buffer.from(frame.render(stamp)).toString("utf8").trimEnd().slice(0, -8)}\n\n`,
});

const errorFrame = ({ protocol, meta }: ReplyPlan, trouble: Trouble, at_ms: number): Frame => ({
  kind: "error",
  at_ms,
  render: () => protocol.trouble_frame(trouble, meta),
});

function streamError(plan: ReplyPlan, trouble: Trouble, chunks: number): WireResponse {
  if (!plan.chat.stream) {
    return bodyResponse(
      200,
      json,
      plan.protocol.trouble(trouble, plan.meta).body,
      plan.paced.end_ms,
    );
  }
  const frames = framesUpTo(plan, chunks);
  const last = frames.at(-1)?.at_ms ?? plan.paced.headers_ms;
  return { ...streamResponse(plan, [...frames, errorFrame(plan, trouble, last)]), ending_ms: last };
}

/** Comments keep the connection alive; without `for_s` they go on for ten hours of vendor time. */
function trickle(plan: ReplyPlan, every_ms: number, for_s: number | undefined): WireResponse {
  const { paced, chat } = plan;
  const lasts_ms = for_s === undefined ? 36_000_000 : for_s * 1000;
  const from = paced.headers_ms;
  const wire = plainResponse(delayed(plan, (at_ms) => at_ms + lasts_ms));
  const comments = Array.from({ length: Math.ceil(lasts_ms / every_ms) }, (_, index) => ({
    at_ms: from + index * every_ms,
    render: () => (chat.stream ? ": keep-alive\n\n" : "\n"),
  }));
  const { "content-length": _, ...headers } = wire.headers;
  return {
    ...wire,
    headers,
    headers_ms: from,
    steps: for_s === undefined ? comments : [...comments, ...wire.steps],
    ending: for_s === undefined ? "hang" : "end",
  };
}

/** The answer stops after n text chunks, with the filter's finish reason. */
function filtered(plan: ReplyPlan, chunks: number): ReplyPlan {
  const kept = plan.paced.deltas.filter(({ part }) => part === "text").slice(0, chunks);
  const spoilt = withAnswer(plan, { text: kept.map(({ text }) => text).join("") });
  return { ...spoilt, answer: { ...spoilt.answer, finish: "filter" } };
}

/** Another text instead of the model's, at the same pace. */
function withAnswer(
  plan: ReplyPlan,
  change: Partial<Pick<Answer, "text" | "reasoning">>,
): ReplyPlan {
  const answer = { ...plan.answer, ...change };
  return { ...plan, answer, paced: repaced(plan, answer) };
}

function repaced({ paced, random }: ReplyPlan, answer: Answer): ReplyPlan["paced"] {
  const first = paced.deltas[0]?.at_ms ?? paced.end_ms;
  const gap = { median_ms: 10, sigma: 0.2 };
  const ttft = { median_ms: first, sigma: 0, tail: { share: 0, factor: 1 } };
  return {
    ...paceOf(answer, { ttft, gap, chars: answer.text.length > 2000 ? 40 : 3 }, random),
    headers_ms: paced.headers_ms,
  };
}

function streamResponseOr(
  plan: ReplyPlan,
  change: (frames: readonly Frame[]) => readonly Frame[],
): WireResponse {
  return plan.chat.stream ? streamResponse(plan, change(framesOf(plan))) : plainResponse(plan);
}

function noUsage(plan: ReplyPlan): WireResponse {
  if (plan.chat.stream) {
    return streamResponse(
      plan,
      framesOf(plan).filter(({ kind }) => kind !== "usage"),
    );
  }
  const { usage: _, ...body } = JSON.parse(wholeBody(plan)) as Record<string, unknown>;
  return bodyResponse(200, json, JSON.stringify(body), plan.paced.end_ms);
}

/** Only the role frame arrives on time. */
function roleOnly(plan: ReplyPlan, wait_ms: number): WireResponse {
  const late = delayed(plan, (at_ms) => at_ms + wait_ms);
  return plainResponse({ ...late, paced: { ...late.paced, headers_ms: plan.paced.headers_ms } });
}

function delayed(plan: ReplyPlan, change: (at_ms: number) => number): ReplyPlan {
  const { paced } = plan;
  return {
    ...plan,
    paced: {
      headers_ms: change(paced.headers_ms),
      deltas: paced.deltas.map((delta) => ({ ...delta, at_ms: change(delta.at_ms) })),
      end_ms: change(paced.end_ms),
    },
  };
}
