import type { Answer, ChatRequest, Paced, Trouble } from "../kit/exchange.ts";
import type { Frame, Meta, ServedProtocol } from "../kit/protocol.ts";
import type { Random } from "../random.ts";
import type { WireResponse, Step } from "./wire-response.ts";

/** A request and its faultless reply: everything a fault needs to spoil it. */
export type ReplyPlan = {
  readonly protocol: ServedProtocol;
  readonly chat: ChatRequest;
  readonly answer: Answer;
  readonly paced: Paced;
  readonly meta: Meta;
  readonly random: Random;
};

/** Share of text events that are split inside a character. */
const splitShare = 0.03;

/** The reply as the vendor sends it when nothing goes wrong. */
export function plainResponse(plan: ReplyPlan): WireResponse {
  return plan.chat.stream ? streamResponse(plan, framesOf(plan)) : wholeResponse(plan);
}

export function framesOf({ protocol, chat, answer, paced, meta }: ReplyPlan): readonly Frame[] {
  return protocol.frames(chat, answer, paced, meta);
}

export function streamResponse(
  { protocol, paced, random }: ReplyPlan,
  frames: readonly Frame[],
): WireResponse {
  return {
    status: 200,
    headers: protocol.stream_headers,
    headers_ms: frames[0]?.at_ms ?? paced.headers_ms,
    steps: frames.map((frame) => {
      const split = random.chance(splitShare) && protocol.upgrades !== true;
      return { ...stepOf(frame), split };
    }),
    ending: "end",
    ending_ms: paced.end_ms,
  };
}

const stepOf = ({ at_ms, render }: Frame): Step => ({ at_ms, render });

function wholeResponse({ protocol, chat, answer, paced, meta }: ReplyPlan): WireResponse {
  const { status, headers, body } = protocol.whole(chat, answer, meta);
  return bodyResponse(status, headers, body, paced.end_ms);
}

/** A body that is sent at once. */
export function bodyResponse(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  at_ms: number,
): WireResponse {
  return {
    status,
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
    headers_ms: at_ms,
    steps: body === "" ? [] : [{ at_ms, render: () => body }],
    ending: "end",
    ending_ms: at_ms,
  };
}

/** An error in the vendor's format. */
export function troubleResponse(
  protocol: ServedProtocol,
  trouble: Trouble,
  meta: Meta,
  at_ms: number,
  headers: Readonly<Record<string, string>> = {},
): WireResponse {
  const response = protocol.trouble(trouble, meta);
  return bodyResponse(response.status, { ...response.headers, ...headers }, response.body, at_ms);
}
