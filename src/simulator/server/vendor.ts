import type { Admission, RateLimiter } from "../faults/limit.ts";
import type { Fault, FaultScript } from "../faults/script.ts";
import type { Answer, ChatRequest, Trouble } from "../kit/exchange.ts";
import type { Meta, ServedProtocol, ReceivedHttp, SentHttp } from "../kit/protocol.ts";
import type { SimulatedModel } from "../models.ts";
import type { Recognised } from "../replies/catalogue.ts";
import type { FollowedSuites } from "../replies/followed-suites.ts";
import type { PrefixCache } from "./prefix-cache.ts";
import type { ReplyPlan } from "./reply-plan.ts";
import type { RequestEntry, Tally } from "./stats.ts";
import type { Outlet, WireResponse } from "./wire-response.ts";

import { isProbe } from "../../domain/request/probe-texts.ts";
import { unrecognisedError } from "../../domain/run-file/unrecognised-reply.ts";
import { applyFault } from "../faults/apply.ts";
import { chooseFault } from "../faults/choose.ts";
import { withDialect } from "../kit/dialect.ts";
import { dialectOf } from "../kit/dialects.ts";
import { vendorIn } from "../kit/openai-dialect.ts";
import { imitation } from "../models.ts";
import { hashOf, randomOf } from "../random.ts";
import { answerTo, hasForm } from "../replies/responder.ts";
import { tokensOf } from "../tokens.ts";
import { monotonicMs } from "./clock.ts";
import { hosted, obeyed, obliged } from "./habits.ts";
import { paceOf } from "./pace.ts";
import { bodyResponse, plainResponse, troubleResponse } from "./reply-plan.ts";
import { sendResponse } from "./wire-response.ts";

export type VendorSetup = {
  readonly protocols: readonly ServedProtocol[];
  readonly suites: Pick<FollowedSuites, "find" | "count" | "unread">;
  readonly tally: Tally;
  readonly limiter: RateLimiter;
  readonly script: FaultScript;
  readonly models: readonly SimulatedModel[];
  readonly unknownModels: "refuse" | "imitate";
  readonly unknownPrompts: "answer" | "refuse";
  readonly prefixes: PrefixCache;
  readonly seed: number;
  readonly speed: number;
  readonly stamps: boolean;
  readonly onRequest: ((entry: RequestEntry) => void) | null;
};

export type SimulatedVendor = {
  /** Why the key of a request for an answer is not accepted, or null. */
  readonly denial: (request: ReceivedHttp) => SentHttp | null;
  /** Why a WebSocket is not opened, or null. */
  readonly refusal: (request: ReceivedHttp, request_id: string) => SentHttp | null;
  /** Answers one request; resolves when the response is over. */
  readonly serve: (request: ReceivedHttp, response: Outlet, arrival: Arrival) => Promise<void>;
};

type Arrival = {
  readonly request_id: string;
  readonly received: number;
  /** Instead of the vendor's own speed. */
  readonly speed?: number;
};
/** Everything decided about a request before anything is sent. */
type Plan = {
  readonly wire: WireResponse;
  readonly fault: string | null;
  readonly over?: () => void;
};

/** Refusals take about as long as a gateway needs to check a request. */
const refusal_ms = 15;

/** The vendor behind the socket: credentials, models, limits, faults, answers. */
export function makeVendor(setup: VendorSetup): SimulatedVendor {
  let firstRequest: number | null = null;
  return {
    denial: (request) => {
      const [routed] = routeOf(setup.protocols, request);
      const protocol = routed === null ? null : withDialect(routed, dialectOf(vendorIn(request)));
      const denied = protocol?.authorise(request) ?? null;
      const meta = { request_id: "", created: 0, stamp: null, vendor: vendorIn(request) };
      return denied === null || protocol === null ? null : protocol.trouble(denied, meta);
    },
    refusal: (request, request_id) => {
      const [routed] = routeOf(setup.protocols, request);
      if (routed?.upgrades !== true) {
        return noPath(request);
      }
      const denied = routed.authorise(request);
      const meta = { request_id, created: Math.floor(Date.now() / 1000), stamp: null };
      return denied === null ? null : routed.trouble(denied, meta);
    },
    serve: async (request, response, { request_id, received, speed = setup.speed }) => {
      const delivery = { response, received, speed, stamps: setup.stamps };
      const meta: Meta = {
        request_id,
        created: Math.floor(Date.now() / 1000),
        stamp: setup.stamps ? { received, now: received } : null,
        vendor: vendorIn(request),
      };
      const side = setup.protocols.map((each) => each.side?.(request)).find((each) => each != null);
      if (side != null)
        return sendResponse(bodyResponse(side.status, side.headers, side.body, 0), delivery);
      const [routed, route] = routeOf(setup.protocols, request);
      if (routed === null || route === null) {
        const { status, headers, body } = noPath(request);
        return sendResponse(bodyResponse(status, headers, body, 0), delivery);
      }
      const protocol = withDialect(routed, dialectOf(meta.vendor));
      const refuse = (trouble: Trouble) =>
        sendResponse(troubleResponse(protocol, trouble, meta, refusal_ms), delivery);
      const denied = protocol.authorise(request);
      if (denied !== null) return refuse(denied);
      if (route === "models") {
        const served = setup.models.map(({ id, owner }) => ({ id, owner }));
        const { status, headers, body } = protocol.models(served, meta);
        return sendResponse(bodyResponse(status, headers, body, refusal_ms), delivery);
      }
      const decoded = protocol.decode(request);
      if ("trouble" in decoded) return refuse(decoded.trouble);
      const chat = obeyed(decoded.chat, setup.script);
      const known = modelOf(setup, chat.model);
      if (known === null) return refuse(unknownModel(chat.model));
      const input = chat.messages.reduce((sum, { text }) => sum + tokensOf(text), 0);
      if (input > known.context) return refuse(tooLong(known, input));
      firstRequest ??= received;
      const seconds = ((received - firstRequest) * setup.speed) / 1000;
      const found = await setup.suites.find(chat.messages);
      const key = found === null ? `? ${promptHash(chat)}` : keyOf(found) + stepOf(chat);
      const attempt = setup.tally.arrive(known.id, key, found === null);
      const served = hosted(known, setup.script, { models: setup.models, attempt });
      const model = obliged(served, chat);
      const plan = planOf(setup, { protocol, request, meta, chat, model, found, attempt, seconds });
      await sendResponse(plan.wire, delivery);
      plan.over?.();
      setup.tally.leave(model.id, plan.wire.status, plan.fault);
      setup.onRequest?.({
        request_id,
        path: request.path,
        model: model.id,
        item: found?.line.item ?? null,
        wording: found?.asked.wording ?? null,
        turn: found?.turn ?? null,
        attempt,
        status: plan.wire.status,
        fault: plan.fault,
        stream: chat.stream,
        body: request.body.toString("utf8"),
        received,
        ended: monotonicMs(),
      });
    },
  };
}

type Call = {
  readonly protocol: ServedProtocol;
  readonly request: ReceivedHttp;
  readonly meta: Meta;
  readonly chat: ChatRequest;
  readonly model: SimulatedModel;
  readonly found: Recognised | null;
  readonly attempt: number;
  readonly seconds: number;
};

function planOf(setup: VendorSetup, call: Call): Plan {
  const { protocol, meta, chat, model, found, attempt } = call;
  if (found === null && setup.unknownPrompts === "refuse" && !isAnsweredAnyway(chat, model)) {
    const trouble = unknownPrompt(setup.suites);
    return { wire: troubleResponse(protocol, trouble, meta, refusal_ms), fault: null };
  }
  const answer = cached(setup, call, answerTo(chat, found, model, setup.seed));
  const admission = setup.limiter.admit({
    model: model.id,
    account: String(call.request.headers.authorization),
    input_tokens: answer.usage.input,
  });
  if (!admission.ok) {
    const { trouble, headers } = admission;
    return { wire: troubleResponse(protocol, trouble, meta, refusal_ms, headers), fault: "limit" };
  }
  const asked = found === null ? (chat.messages.at(-1)?.text ?? "") : keyOf(found);
  const random = randomOf(setup.seed, "pace", model.id, asked, attempt);
  const reply: ReplyPlan = {
    protocol,
    chat,
    answer,
    paced: paceOf(answer, model.pace, random),
    meta,
    random,
  };
  const fault = faultOf(setup, call);
  if (fault === null) setup.tally.answered(model.id, answer.usage.input, answer.usage.output);
  admission.spend(answer.usage.output);
  const wire = fault === null ? plainResponse(reply) : applyFault(fault, reply);
  return { wire: withHeaders(wire, admission), fault: fault?.fault ?? null, over: admission.leave };
}

function cached({ prefixes }: VendorSetup, { chat, model }: Call, answer: Answer): Answer {
  if (model.caches_prefixes !== true) return answer;
  const cached_input = prefixes.read(model.id, chat.messages);
  return { ...answer, usage: { ...answer.usage, cached_input } };
}

const withHeaders = (wire: WireResponse, { headers }: Admission): WireResponse => ({
  ...wire,
  headers: { ...headers, ...wire.headers },
});

function faultOf({ script, tally, seed }: VendorSetup, call: Call): Fault | null {
  const { model, found, attempt, seconds } = call;
  const circumstances = {
    model: model.id,
    item: found?.line.item ?? "?",
    wording: found?.asked.wording ?? null,
    turn: found?.turn ?? 0,
    ...(found === null ? { prompt: promptHash(call.chat) } : {}),
    attempt,
    request: tally.requestsOf(model.id),
    seconds,
  };
  const scripted = chooseFault(script, circumstances);
  if (scripted !== null || model.flaky === 0) return scripted;
  return chooseFault({ seed, rules: [flakyRule(model.flaky)] }, circumstances);
}

/** The faults of a flaky model. */
const flakyRule = (share: number): FaultScript["rules"][number] => ({
  model: "*",
  item: "*",
  share,
  do: [
    { fault: "status", status: 429, body: "vendor", retry_after_ms: 300 },
    { fault: "status", status: 500, body: "vendor" },
    { fault: "status", status: 503, body: "html" },
    { fault: "truncate" },
  ],
});

/** In the words of OpenAI's errors, so that every client shows them. */
const noPath = ({ method, path }: ReceivedHttp) => ({
  status: 404,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    error: {
      code: "unknown_path",
      message: `unknown path ${method} ${path}: the simulator's OpenAI-compatible interface lies under /v1, such as POST /v1/chat/completions`,
    },
  }),
});

function routeOf(protocols: readonly ServedProtocol[], { method, path }: ReceivedHttp) {
  for (const protocol of protocols) {
    const route = protocol.route(method, path);
    if (route !== null) return [protocol, route] as const;
  }
  return [null, null] as const;
}

function modelOf({ models, unknownModels }: VendorSetup, id: string): SimulatedModel | null {
  const known = models.find((model) => model.id === id);
  return known ?? (unknownModels === "imitate" ? imitation(id, models) : null);
}

const promptHash = ({ messages }: ChatRequest): number =>
  hashOf(messages.map(({ text }) => text).join("\u0001"));

const keyOf = ({ line, asked, turn }: Recognised): string =>
  `${line.item}${asked.wording === null ? "" : `~${asked.wording}`}/${turn}`;

/** Each step of an agent is a request of its own, and no attempt at the one before. */
function stepOf({ messages }: ChatRequest): string {
  const steps = messages.filter(({ results }) => results !== undefined).length;
  return steps === 0 ? "" : `#${steps}`;
}

const unknownModel = (id: string): Trouble => ({
  outcome: "model-not-found",
  message: `The model \`${id}\` does not exist or you do not have access to it.`,
});

/** Whether a prompt of no suite asks for no item's answer: it tries the interface, has a form to fill in, or meets a script. */
const isAnsweredAnyway = (chat: ChatRequest, model: SimulatedModel): boolean =>
  isProbe(chat.messages) || hasForm(chat) || (model.says?.(chat) ?? null) !== null;

function unknownPrompt({ count, unread }: VendorSetup["suites"]): Trouble {
  const fault = unread();
  return {
    outcome: "bad-request",
    code: "unknown_prompt",
    message: [
      `The prompt ${unrecognisedError} (${count()} of them): start \`baimo sim\` with --suites and the file of the suite that is asked, or with --any-prompt to have all prompts answered.`,
      ...(fault === null ? [] : [`One suite could not be read: ${fault}`]),
    ].join(" "),
  };
}

const tooLong = ({ context }: SimulatedModel, input: number): Trouble => ({
  outcome: "context-overflow",
  message: `This model's maximum context length is ${context} tokens. However, your messages resulted in ${input} tokens.`,
});
