import type { Reply } from "../../domain/call.ts";
import { costOf, priceAt } from "../../domain/money.ts";
import type { Dropped, Params } from "../../domain/params.ts";
import { unknownUsage, type Usage } from "../../domain/usage.ts";
import { builtinFolder } from "../builtin.ts";
import { resolveTargets } from "../targets.ts";
import { loadProtocol } from "../../protocols/registry.ts";
import {
  contextOf,
  json,
  type Served,
  sse,
  startLoopback,
} from "../../protocols/testing/loopback.ts";

const builtin = builtinFolder("providers");

/** A built-in vendor, by its own file, in front of a server of the test. */
export type VendorAtHand = {
  readonly ask: (served: Served, change?: Change) => Promise<Reply>;
  /** Path, body and headers of what is sent, and what is not. */
  readonly sent: (change?: Change) => Promise<Sent>;
  readonly close: () => Promise<void>;
};

type Change = { readonly model?: string; readonly params?: Params };
type Sent = {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly dropped: readonly (readonly [string, unknown, unknown])[];
};

export async function vendorAtHand(id: string): Promise<VendorAtHand> {
  const server = await startLoopback();
  const ask: VendorAtHand["ask"] = async (served, { model = "probe", params = {} } = {}) => {
    server.serve(served);
    const { endpoint, entry } = await targetOf(`${id}/${model}`);
    const protocol = await loadProtocol(entry.protocol);
    if (protocol === null) throw new Error(`no protocol ${entry.protocol}`);
    const base_url = server.url + new URL(endpoint.base_url).pathname.replace(/\/$/, "");
    const messages = [{ role: "user" as const, text: "你好" }];
    return protocol.attempt(
      { endpoint: { ...endpoint, base_url }, model: entry.model, messages, params },
      contextOf(server.http),
    );
  };
  return {
    ask,
    sent: async (change) => {
      const reply = await ask(said("好"), change);
      const [seen] = server.seen;
      const triple = ({ param, asked, effective }: Dropped) => [param, asked, effective] as const;
      return {
        path: seen?.url ?? "",
        body: seen?.body ?? {},
        dropped: reply.dropped.map(triple),
      };
    },
    close: server.close,
  };
}

/** The environment's variables that addresses must have are set to `own`. */
const env = { HUAWEI_PROJECT_ID: "own" };

async function targetOf(ref: string, now = new Date("2026-11-20T00:00:00Z")) {
  const [target] = await resolveTargets([ref], { config: null, env, builtin, now });
  if (target === undefined) throw new Error(`no target ${ref}`);
  return target;
}

/** What a request would cost in 元 (or dollars), by the price of its day; undefined where it is unknown. */
export async function costAt(
  ref: string,
  at: string,
  usage: Partial<Usage>,
  thinking = false,
): Promise<number | undefined> {
  const moment = new Date(at);
  const { entry } = await targetOf(ref, moment);
  const facts = { usage: { ...unknownUsage, ...usage }, thinking, at: moment };
  return costOf(priceAt(entry.price, moment), facts)?.amount;
}

/** An error with this status and body. */
export const refused = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Served => ({
  status,
  headers: { ...json, ...headers },
  pieces: [typeof body === "string" ? body : JSON.stringify(body)],
});

export const event = (body: object): string => `data: ${JSON.stringify(body)}\n\n`;

/** One chunk of a chat completion. */
export const delta = (fields: object, finish_reason: string | null = null, rest: object = {}) =>
  event({ id: "c1", model: "m", choices: [{ index: 0, delta: fields, finish_reason }], ...rest });

export const streamed = (...pieces: readonly string[]): Served => ({ headers: sse, pieces });

/** A stream that says this and ends well. */
export const said = (text: string): Served =>
  streamed(delta({ role: "assistant", content: text }), delta({}, "stop"), "data: [DONE]\n\n");

/** A stream that breaks off with this event. */
export const brokenBy = (body: object): Served => streamed(delta({ content: "好" }), event(body));

/** A stream that ends with this finish reason. */
export const finished = (reason: string): Served =>
  streamed(delta({ content: "好" }), delta({}, reason), "data: [DONE]\n\n");
