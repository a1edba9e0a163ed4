import type { Credentials } from "../../calling/auth/authorizer.ts";
import type { Endpoint } from "../../calling/protocol.ts";
import type { Reply } from "../../domain/call.ts";
import type { Text } from "../../domain/text.ts";
import type { Network } from "../../transport/network.ts";

import { listOf, memberOf, textOf } from "../../domain/json.ts";
import { isGraded } from "../../domain/outcome.ts";
import { probeTexts } from "../../domain/request/probe-texts.ts";
import { createHttp } from "../../transport/http.ts";
import { createSender, type Sender } from "../../transport/thread/sender.ts";

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

export type Probed = {
  /** What to send at once; null where no probe was answered. */
  readonly concurrency: number | null;
  readonly words: Text;
};

/** How much longer the slowest of several calls may take than one alone, where they are served together. */
const togetherUpTo = 1.5;

/**
 * Three probes of short answers: one call alone, two at once, four at once. A server whose calls wait for each other takes
 * as many times as long.
 */
export async function probe(server: Server, model: string, signal: AbortSignal): Promise<Probed> {
  const keys: Credentials = { secrets: server.key === null ? {} : { key: server.key } };
  const sender = createSender({ connections: 4, connect_ms, keysOf: () => keys });
  try {
    const alone = await slowest(sender, server, model, 1, signal);
    if (typeof alone !== "number") return unanswered(alone);
    const two = await slowest(sender, server, model, 2, signal);
    const four = await slowest(sender, server, model, 4, signal);
    return proposedConcurrency(alone, two, four);
  } finally {
    await sender.close();
  }
}

/** What the probes say: milliseconds of the slowest call of each, or the reply of a call that was refused. */
export function proposedConcurrency(
  alone: number,
  two: number | Pick<Reply, "outcome">,
  four: number | Pick<Reply, "outcome">,
): Probed {
  if (typeof two !== "number" || two > alone * togetherUpTo) return serial(alone, two);
  const isTogether = typeof four === "number" && four <= alone * togetherUpTo;
  return isTogether ? together(8, 4) : together(2, 2);
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

const unanswered = ({ outcome, message }: Reply): Probed => ({
  concurrency: null,
  words: {
    zh: `试发一次没有成功（${outcome}：${message ?? ""}），并发未定；接通后用 ping 再看`,
    en: `a probe got no answer (${outcome}: ${message ?? ""}), so no concurrency is proposed; see ping once it runs`,
  },
});

const serial = (alone: number, two: number | Pick<Reply, "outcome">): Probed => ({
  concurrency: 1,
  words:
    typeof two === "number"
      ? {
          zh: `注意：服务是串行的：单发 ${seconds(alone)} 秒，两个同发时慢的那个 ${seconds(two)} 秒。并发写成 1，否则排队的时间会算进延迟`,
          en: `note: the server is serial: ${seconds(alone)} s alone, ${seconds(two)} s for the slower of two at once. The concurrency is set to 1, or the wait would count as latency`,
        }
      : {
          zh: `两个请求同发时有一个被拒（${two.outcome}），并发写成 1`,
          en: `of two calls at once one was refused (${two.outcome}): the concurrency is set to 1`,
        },
});

const together = (concurrency: number, tried: number): Probed => ({
  concurrency,
  words: {
    zh: `${tried} 个请求同发也不变慢，并发先写 ${concurrency}`,
    en: `${tried} calls at once are not slower: the concurrency is set to ${concurrency}`,
  },
});

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
