import type { Reply } from "../../domain/call.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Dropped, Params } from "../../domain/params.ts";
import type { Usage } from "../../domain/run-file/usage-counts.ts";

import { outcomeOf } from "../../calling/failure.ts";
import { applyParams, merged, type AppliedParams } from "../../calling/params.ts";
import { loadProtocol } from "../../calling/protocol.ts";
import {
  contextOf,
  json,
  type Served,
  sse,
  startLoopback,
} from "../../calling/testing/loopback.ts";
import { costOf, priceAt } from "../../domain/money.ts";
import { unknownUsage } from "../../domain/usage.ts";
import { builtinFolder } from "../builtin.ts";
import { openVendors } from "../providers/providers.ts";
import { splitRef } from "../providers/target-ref.ts";
import { modelRow, resolveTargets } from "../providers/targets.ts";

const builtin = builtinFolder("providers");

/** A built-in vendor, configured by its own file, talking to a test server. */
export type VendorAtHand = {
  readonly ask: (served: Served, change?: Change) => Promise<Reply>;
  /** Path and body of the request, and what was dropped from it. */
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
      const reply = await ask(streamOf("好"), change);
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

/** Environment variables required by vendors' files, set to `own`. */
const env = { HUAWEI_PROJECT_ID: "own", SPARK_APP_ID: "own" };

/** A working day at eight in Beijing, when no vendor has peak prices. */
const day = "2026-11-20T00:00:00Z";

async function targetOf(ref: string, now = new Date(day)) {
  const [target] = await resolveTargets([ref], { config: null, env, builtin, now });
  if (target === undefined) throw new Error(`no target ${ref}`);
  return target;
}

/** What a request would cost in 元 (or dollars) at its time's price; null if unknown. */
export async function costAt(
  ref: string,
  usage: Partial<Usage>,
  { thinking = false, at = day } = {},
): Promise<number | null> {
  const moment = new Date(at);
  const { entry } = await targetOf(ref, moment);
  const facts = { usage: { ...unknownUsage, ...usage }, thinking, at: moment };
  return costOf(priceAt(entry.price, moment), facts)?.amount ?? null;
}

export type ErrorCase = [status: number, code: string | null, outcome: Outcome];

/** One case for each of the space-separated codes. */
export const cases = (status: number, codes: string, outcome: Outcome): ErrorCase[] =>
  codes.split(" ").map((code) => [status, code, outcome]);

/** Read once for the hundreds of cases that only look into the files. */
const vendors = openVendors(builtin, null);

const rowOf = async (ref: string) => {
  const { provider, model } = splitRef(ref);
  return modelRow(await vendors.get(provider), model);
};

/** The outcome that a vendor's file assigns to an error read by a protocol. */
export async function outcomeAt(
  ref: string,
  status: number,
  code: string | null,
  message = "",
): Promise<Outcome> {
  const { errors = [] } = await rowOf(ref);
  return outcomeOf(errors, { status, code, message, body: { code, message } });
}

/** Which params a vendor's file lets through, and which not; makes no request. */
export async function sentTo(
  ref: string,
  params: Params,
): Promise<Pick<AppliedParams, "dropped"> & { readonly body: Readonly<Record<string, unknown>> }> {
  const { request = {} } = await rowOf(ref);
  const { values, extra, dropped } = applyParams(params, request);
  return { body: merged(values, extra), dropped };
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

/** A stream with this text and a regular end. */
const streamOf = (text: string): Served =>
  streamed(delta({ role: "assistant", content: text }), delta({}, "stop"), "data: [DONE]\n\n");

/** A stream that breaks off with this event. */
export const brokenBy = (body: object): Served => streamed(delta({ content: "好" }), event(body));

/** A stream that ends with this finish reason. */
export const finished = (reason: string): Served =>
  streamed(delta({ content: "好" }), delta({}, reason), "data: [DONE]\n\n");
