import type { Answer, ChatRequest, Paced, Trouble } from "../kit/exchange.ts";
import type { Frame, Meta, ServedProtocol } from "../kit/protocol.ts";
import type { Random } from "../random.ts";
import type { Show, Step } from "./show.ts";

/** A request that would be answered well: what a fault needs to spoil it. */
export type ReplyPlan = {
  readonly protocol: ServedProtocol;
  readonly ask: ChatRequest;
  readonly answer: Answer;
  readonly paced: Paced;
  readonly meta: Meta;
  readonly random: Random;
};

/** Share of text events that are cut inside a character on their way. */
const splitShare = 0.03;

/** The answer as the vendor sends it when nothing goes wrong. */
export function plainShow(scene: ReplyPlan): Show {
  return scene.ask.stream ? streamShow(scene, framesOf(scene)) : wholeShow(scene);
}

export function framesOf({ protocol, ask, answer, paced, meta }: ReplyPlan): readonly Frame[] {
  return protocol.frames(ask, answer, paced, meta);
}

export function streamShow({ protocol, paced, random }: ReplyPlan, frames: readonly Frame[]): Show {
  return {
    status: 200,
    headers: protocol.stream_headers,
    headers_ms: frames[0]?.at_ms ?? paced.headers_ms,
    steps: frames.map((frame) => {
      const split = random.chance(splitShare) && protocol.upgrades !== true;
      return { ...stepOf(frame), split };
    }),
    finale: "end",
    finale_ms: paced.end_ms,
  };
}

const stepOf = ({ at_ms, render }: Frame): Step => ({ at_ms, render });

function wholeShow({ protocol, ask, answer, paced, meta }: ReplyPlan): Show {
  const { status, headers, body } = protocol.whole(ask, answer, meta);
  return bodyShow(status, headers, body, paced.end_ms);
}

/** A body that is sent at once. */
export function bodyShow(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  at_ms: number,
): Show {
  return {
    status,
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
    headers_ms: at_ms,
    steps: body === "" ? [] : [{ at_ms, render: () => body }],
    finale: "end",
    finale_ms: at_ms,
  };
}

/** A refusal in the vendor's own words. */
export function troubleShow(
  protocol: ServedProtocol,
  trouble: Trouble,
  meta: Meta,
  at_ms: number,
  headers: Readonly<Record<string, string>> = {},
): Show {
  const response = protocol.trouble(trouble, meta);
  return bodyShow(response.status, { ...response.headers, ...headers }, response.body, at_ms);
}
