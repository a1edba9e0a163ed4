import type { Answer, Trouble } from "../kit/exchange.ts";
import type { Frame } from "../kit/protocol.ts";
import type { ReplyPlan } from "../server/scene.ts";
import type { Show } from "../server/show.ts";
import type { Fault } from "./script.ts";

import { paceOf } from "../server/pace.ts";
import { bodyShow, framesOf, plainShow, streamShow, troubleShow } from "../server/scene.ts";
import { busyPage, hostileText, loginPage } from "./pages.ts";

const json = { "content-type": "application/json" };
const html = { "content-type": "text/html; charset=utf-8" };
const defaultChunks = 3;
/** Errors come back faster than answers. */
const errorShare = 0.3;

/** What happens on the wire when `fault` befalls the request. */
export function applyFault(fault: Fault, scene: ReplyPlan): Show {
  const soon = scene.paced.headers_ms * errorShare;
  switch (fault.fault) {
    case "status":
      return statusShow(fault, scene, soon);
    case "reset":
      return fault.after_chunks === undefined
        ? { ...nothing(soon), finale: "reset" }
        : cut(scene, fault.after_chunks, "reset");
    case "truncate":
      return cut(scene, fault.after_chunks ?? defaultChunks, "end");
    case "malformed":
      return malformed(scene, fault.after_chunks ?? defaultChunks);
    case "error-200":
      return fault.as === "json"
        ? bodyShow(200, json, scene.protocol.trouble(troubleOf(fault), scene.meta).body, soon)
        : streamShow(scene, [errorFrame(scene, troubleOf(fault), soon)]);
    case "stream-error":
      return streamError(scene, troubleOf(fault), fault.after_chunks ?? defaultChunks);
    case "trickle":
      return trickle(scene, fault.every_s * 1000, fault.for_s);
    case "hang":
      if (fault.at === "stream") return cut(scene, fault.after_chunks ?? defaultChunks, "hang");
      return fault.at === "start"
        ? { ...nothing(soon), finale: "hang" }
        : { ...plainShow(scene), steps: [], finale: "hang" };
    case "filter-input":
      return troubleShow(scene.protocol, inputFilter, scene.meta, soon);
    case "filter-output":
      return plainShow(filtered(scene, fault.after_chunks ?? defaultChunks));
    case "empty":
      return plainShow(withAnswer(scene, { text: "", reasoning: "" }));
    case "no-done":
      return streamShowOr(scene, (frames) => frames.filter(({ kind }) => kind !== "done"));
    case "no-usage":
      return noUsage(scene);
    case "login-page":
      return bodyShow(200, html, loginPage, soon);
    case "role-only":
      return roleOnly(scene, fault.for_s * 1000);
    case "slow":
      return plainShow(delayed(scene, (at_ms) => at_ms * fault.factor));
    case "escapes":
      return plainShow(withAnswer(scene, { text: `${hostileText}\n${scene.answer.text}` }));
    case "long-line":
      return plainShow(
        withAnswer(scene, { text: `${"长".repeat(fault.chars)}\n${scene.answer.text}` }),
      );
  }
}

const inputFilter: Trouble = {
  outcome: "filtered-input",
  message: "输入内容可能包含不适当的信息，已被内容安全策略拦截。",
};

const nothing = (at_ms: number) =>
  ({ status: null, headers: {}, headers_ms: at_ms, steps: [], finale_ms: at_ms }) as const;

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

function statusShow(fault: Named<"status">, { protocol, meta }: ReplyPlan, at_ms: number): Show {
  const { status } = fault;
  const headers = retryHeaders(fault);
  if (fault.body === "html")
    return bodyShow(status, { ...html, ...headers }, busyPage(status), at_ms);
  if (fault.body === "empty") return bodyShow(status, headers, "", at_ms);
  const message = fault.message ?? `simulated failure with status ${status}`;
  if (fault.body === "text") {
    return bodyShow(status, { "content-type": "text/plain", ...headers }, message, at_ms);
  }
  const outcome = statusOutcomes[status] ?? (status < 500 ? "bad-request" : "server");
  const code = fault.code === undefined ? {} : { code: fault.code };
  return troubleShow(protocol, { outcome, message, status, ...code }, meta, at_ms, headers);
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

/** The frames up to and with the n-th delivery of text. */
function framesUpTo(scene: ReplyPlan, chunks: number): readonly Frame[] {
  const frames = framesOf(scene);
  let left = chunks;
  const end = frames.findIndex((frame) => isText(frame) && --left < 0);
  return end < 0
    ? frames.filter(({ kind }) => kind === "role" || isText({ kind } as Frame))
    : frames.slice(0, end);
}

/** A stream after n deliveries, or half a body, and then the finale. */
function cut(scene: ReplyPlan, chunks: number, finale: Show["finale"]): Show {
  if (scene.ask.stream) {
    const frames = framesUpTo(scene, chunks);
    const last = frames.at(-1)?.at_ms ?? scene.paced.headers_ms;
    return { ...streamShow(scene, frames), finale, finale_ms: last };
  }
  const show = plainShow(scene);
  const body = wholeBody(scene);
  const half = Buffer.from(body).subarray(0, Math.floor(Buffer.byteLength(body) / 2));
  return {
    ...show,
    headers: { ...json },
    steps: [{ at_ms: show.headers_ms, render: () => half }],
    finale,
  };
}

const wholeBody = ({ protocol, ask, answer, meta }: ReplyPlan): string =>
  protocol.whole(ask, answer, meta).body;

function malformed(scene: ReplyPlan, chunks: number): Show {
  if (!scene.ask.stream) {
    return bodyShow(
      200,
      json,
      wholeBody(scene).replace(/"choices"\s*:/, '"choices"'),
      scene.paced.end_ms,
    );
  }
  const frames = framesOf(scene);
  const before = framesUpTo(scene, chunks).length;
  return streamShow(
    scene,
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

function streamError(scene: ReplyPlan, trouble: Trouble, chunks: number): Show {
  if (!scene.ask.stream) {
    return bodyShow(
      200,
      json,
      scene.protocol.trouble(trouble, scene.meta).body,
      scene.paced.end_ms,
    );
  }
  const frames = framesUpTo(scene, chunks);
  const last = frames.at(-1)?.at_ms ?? scene.paced.headers_ms;
  return { ...streamShow(scene, [...frames, errorFrame(scene, trouble, last)]), finale_ms: last };
}

/** Comments keep the connection alive; without an end they go on for ten hours of vendor time. */
function trickle(scene: ReplyPlan, every_ms: number, for_s: number | undefined): Show {
  const { paced, ask } = scene;
  const lasts_ms = for_s === undefined ? 36_000_000 : for_s * 1000;
  const from = paced.headers_ms;
  const show = plainShow(delayed(scene, (at_ms) => at_ms + lasts_ms));
  const comments = Array.from({ length: Math.ceil(lasts_ms / every_ms) }, (_, index) => ({
    at_ms: from + index * every_ms,
    render: () => (ask.stream ? ": keep-alive\n\n" : "\n"),
  }));
  const { "content-length": _, ...headers } = show.headers;
  return {
    ...show,
    headers,
    headers_ms: from,
    steps: for_s === undefined ? comments : [...comments, ...show.steps],
    finale: for_s === undefined ? "hang" : "end",
  };
}

/** The answer breaks off after n deliveries of its text, with the filter's finish reason. */
function filtered(scene: ReplyPlan, chunks: number): ReplyPlan {
  const kept = scene.paced.deltas.filter(({ part }) => part === "text").slice(0, chunks);
  const spoilt = withAnswer(scene, { text: kept.map(({ text }) => text).join("") });
  return { ...spoilt, answer: { ...spoilt.answer, finish: "filter" } };
}

/** Another text in place of the model's, at the same pace. */
function withAnswer(
  scene: ReplyPlan,
  change: Partial<Pick<Answer, "text" | "reasoning">>,
): ReplyPlan {
  const answer = { ...scene.answer, ...change };
  return { ...scene, answer, paced: repaced(scene, answer) };
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

function streamShowOr(
  scene: ReplyPlan,
  change: (frames: readonly Frame[]) => readonly Frame[],
): Show {
  return scene.ask.stream ? streamShow(scene, change(framesOf(scene))) : plainShow(scene);
}

function noUsage(scene: ReplyPlan): Show {
  if (scene.ask.stream) {
    return streamShow(
      scene,
      framesOf(scene).filter(({ kind }) => kind !== "usage"),
    );
  }
  const { usage: _, ...body } = JSON.parse(wholeBody(scene)) as Record<string, unknown>;
  return bodyShow(200, json, JSON.stringify(body), scene.paced.end_ms);
}

/** Only the role frame comes in time. */
function roleOnly(scene: ReplyPlan, wait_ms: number): Show {
  const late = delayed(scene, (at_ms) => at_ms + wait_ms);
  return plainShow({ ...late, paced: { ...late.paced, headers_ms: scene.paced.headers_ms } });
}

function delayed(scene: ReplyPlan, change: (at_ms: number) => number): ReplyPlan {
  const { paced } = scene;
  return {
    ...scene,
    paced: {
      headers_ms: change(paced.headers_ms),
      deltas: paced.deltas.map((delta) => ({ ...delta, at_ms: change(delta.at_ms) })),
      end_ms: change(paced.end_ms),
    },
  };
}
