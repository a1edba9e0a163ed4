import type { Credentials } from "../../calling/auth/authorizer.ts";
import type { Endpoint } from "../../calling/protocol.ts";
import type { Reply } from "../../domain/call.ts";
import type { Network } from "../../transport/network.ts";

import { listOf, memberOf, textOf } from "../../domain/json.ts";
import { isGraded } from "../../domain/outcome.ts";
import { probeTexts } from "../../domain/request/probe-texts.ts";
import { createHttp } from "../../transport/http.ts";
import { createSender, type Sender } from "../../transport/thread/sender.ts";
import { type Probed, proposedConcurrency } from "./concurrency.ts";

/** A server that speaks the OpenAI dialect, the value of its key, and how it is reached. */
export type Server = {
  readonly url: string;
  readonly key: string | null;
  readonly network?: Network;
};

const deadlines = { first_byte: 60_000, idle: 30_000, total: 120_000 };
const connect_ms = 5_000;

/** Why a server gave no list of models, in its own or the socket's words. */
export type Unlisted = {
  readonly fault: string;
  /** It asks for another key. */
  readonly wantsKey: boolean;
  /** Something answers at its host, if only that there is no such list. */
  readonly answers: boolean;
};

/** The models that a server lists, or why there is no list. */
export async function listedModels(
  { url, key, network }: Server,
  signal: AbortSignal,
): Promise<readonly string[] | Unlisted> {
  const http = createHttp({ connections: 1, connect_ms });
  const pieces: Buffer[] = [];
  let status = 0;
  try {
    const { failure } = await http.exchange(
      {
        method: "GET",
        url: `${url.replace(/\/+$/, "")}/models`,
        headers: key === null ? {} : { authorization: `Bearer ${key}` },
        body: null,
      },
      {
        head: (code) => {
          status = code;
        },
        data: (chunk) => {
          pieces.push(Buffer.from(chunk));
          return true;
        },
      },
      { deadlines: { first_byte: 10_000, idle: 10_000, total: 20_000 }, signal, network },
    );
    if (failure !== null) return { fault: failure.message, wantsKey: false, answers: false };
    const ids = status === 200 ? idsIn(Buffer.concat(pieces).toString("utf8")) : [];
    return ids.length > 0
      ? ids
      : { fault: `GET /models: HTTP ${status}`, wantsKey: status === 401, answers: true };
  } finally {
    await http.close();
  }
}

function idsIn(text: string): readonly string[] {
  try {
    const json: unknown = JSON.parse(text);
    return listOf(memberOf(json, "data") ?? memberOf(json, "models"))
      .map((each) => textOf(memberOf(each, "id")) ?? textOf(memberOf(each, "name")))
      .filter((id) => id !== null);
  } catch {
    return [];
  }
}

/** The first model that talks: not one that embeds, ranks, draws or speaks. */
export const proposedModel = (ids: readonly string[]): string | null =>
  ids.find((id) => !/embed|rerank|bge-|whisper|tts|asr|image|diffusion|moderation/i.test(id)) ??
  ids[0] ??
  null;

/** What short answers, alone and together, say of how much to send at once. */
export async function probe(server: Server, model: string, signal: AbortSignal): Promise<Probed> {
  const keys: Credentials = { secrets: server.key === null ? {} : { key: server.key } };
  const sender = createSender({ connections: 4, connect_ms, keysOf: () => keys });
  try {
    return await proposedConcurrency((calls) => slowest(sender, server, model, calls, signal));
  } finally {
    await sender.close();
  }
}

/** Milliseconds of the slowest of `n` calls that start together, or the first that got no answer. */
async function slowest(
  sender: Sender,
  { url, key, network }: Server,
  model: string,
  n: number,
  signal: AbortSignal,
): Promise<number | Reply> {
  const endpoint: Endpoint = {
    provider: "mine",
    base_url: url,
    path: null,
    query: {},
    headers: {},
    auth: { scheme: key === null ? "none" : "bearer" },
    request: {},
    usage: {},
    errors: [],
    ...(network === undefined ? {} : { network }),
  };
  const calls = Array.from({ length: n }, () =>
    sender.attempt(
      {
        protocol: "openai-chat",
        endpoint,
        model,
        messages: [{ role: "user", text: probeTexts.count }],
        params: { max_tokens: 48, temperature: 0 },
        deadlines,
        queued_ms: 0,
        in_flight: n,
      },
      signal,
    ),
  );
  const replies = (await Promise.all(calls)).map(({ reply }) => reply);
  const bad = replies.find(({ outcome }) => !isGraded(outcome));
  return bad ?? Math.max(...replies.map(({ timing }) => timing?.total_ms ?? 0));
}
