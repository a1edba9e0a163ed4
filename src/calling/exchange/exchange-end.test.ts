import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Answer, ChatRequest } from "../../simulator/kit/exchange.ts";
import type { ServedProtocol as Twin } from "../../simulator/kit/protocol.ts";
import type { Http } from "../../transport/http.ts";

import { pluginIds } from "../../plugins.ts";
import { loadServedProtocols } from "../../simulator/kit/protocol.ts";
import { loadProtocol } from "../protocol.ts";
import {
  contextOf,
  json,
  type Loopback,
  requestAt,
  sse,
  startLoopback,
} from "../testing/loopback.ts";

const served = await loadServedProtocols();
// A command has a process of its own, which ends with its answer: src/protocols/command.test.ts.
const ids = pluginIds("protocols").filter((id) => id !== "baseline" && id !== "command");

const meta = { request_id: "r-1", created: 1_790_000_000, stamp: null };
const question: ChatRequest = {
  model: "test-model",
  messages: [{ role: "user", text: "你好" }],
  stream: true,
  include_usage: true,
  max_tokens: null,
  stop: [],
  thinking: null,
};
const answer: Answer = {
  reasoning: "",
  text: "答案：守株待兔",
  finish: "stop",
  usage: { input: 10, cached_input: 0, output: 8, reasoning: 0 },
};
const deltas = Array.from(answer.text).map((text) => ({ part: "text" as const, text, at_ms: 1 }));

/** What a server does once the whole answer has come. */
type Then = "is silent" | "sends heartbeats" | "sends garbage" | "resets the connection";
const thens: readonly Then[] = [
  "is silent",
  "sends heartbeats",
  "sends garbage",
  "resets the connection",
];
const after: Readonly<Record<Then, string>> = {
  "is silent": "",
  "sends heartbeats": ": still here\n\n",
  "sends garbage": 'data: {"broken\n\n}{\u0000 <html>\n\n',
  "resets the connection": "",
};
const eventMs = 10;
const patienceMs = 60_000;

/** A wire that delivers an event every 10 ms, and then does as it is told, on a clock of its own. */
const wireThat = (
  then: Then,
  pieces: readonly Uint8Array[],
  headers: Twin["stream_headers"],
  late: Readonly<Record<Then, string>> = after,
) => {
  let asked = 0;
  const http: Http = {
    exchange: (_request, receiver) => {
      asked += 1;
      receiver.head(200, headers);
      let at_ms = 0;
      for (const piece of pieces) receiver.data(Buffer.from(piece), (at_ms += eventMs));
      const reset = { outcome: "network", code: "ECONNRESET", message: "reset" } as const;
      const overdue = { outcome: "timeout", code: "deadline-idle", message: "idle" } as const;
      let failure = null;
      if (then === "resets the connection") failure = reset;
      else {
        while (receiver.settled?.(at_ms) !== true && at_ms < patienceMs) {
          at_ms += 50;
          if (late[then] !== "") receiver.data(Buffer.from(late[then]), at_ms);
        }
        if (at_ms >= patienceMs) failure = overdue;
      }
      return Promise.resolve({
        started_at: "2026-11-21T00:00:00.000Z",
        connect_ms: null,
        headers_ms: 0,
        total_ms: at_ms,
        failure,
      });
    },
    sendLags: () => new Float64Array(),
    close: () => Promise.resolve(),
  };
  return { http, asked: () => asked };
};

describe.each(thens)("once the answer is complete the server %s", (then) => {
  test.each(ids)("%s: the answer stands, and the time ends with it", async (id) => {
    const protocol = await loadProtocol(id);
    const twin = served.find((each) => each.id === id);
    if (protocol === null || twin === undefined) throw new Error(`no protocol ${id}`);
    const frames = twin.frames(question, answer, { headers_ms: 0, deltas, end_ms: 2 }, meta);
    const pieces = frames.map(({ render }) =>
      Buffer.concat([Buffer.from(render(null)), Buffer.from(twin.upgrades === true ? "\n" : "")]),
    );
    const wire = wireThat(then, pieces, twin.stream_headers);
    const reply = await protocol.attempt(requestAt("http://x"), contextOf(wire.http));
    expect(reply).toMatchObject({
      outcome: "ok",
      text: answer.text,
      usage: { input: 10, output: 8 },
    });
    expect(reply.timing?.total_ms).toBeGreaterThanOrEqual(reply.timing?.last_token_ms ?? Infinity);
    expect(reply.timing?.total_ms).toBeLessThanOrEqual(pieces.length * eventMs);
    expect(wire.asked()).toBe(1);
  });
});

test.each(thens)("once a JSON body is complete the server %s: the answer stands", async (then) => {
  const protocol = await loadProtocol("openai-chat");
  const body = JSON.stringify({
    choices: [{ message: { content: "好 " }, finish_reason: "stop" }],
    usage: { prompt_tokens: 9, completion_tokens: 1 },
  });
  const pieces = Array.from(body, (each) => Buffer.from(each));
  const late = { ...after, "sends heartbeats": "\n" };
  const wire = wireThat(then, pieces, json, late);
  const reply = await protocol?.attempt(requestAt("http://x"), contextOf(wire.http));
  expect(reply).toMatchObject({ outcome: "ok", text: "好 ", usage: { output: 1 } });
  if (then !== "sends garbage") {
    expect(reply?.timing?.total_ms).toBe(pieces.length * eventMs);
  }
});

const chunk = (choice: object): Buffer =>
  Buffer.from(`data: ${JSON.stringify({ choices: [choice] })}\n\n`);

test.each<[string, readonly Buffer[], object]>([
  [
    "a finish word without counts",
    [chunk({ delta: { content: "好" } }), chunk({ delta: {}, finish_reason: "stop" })],
    { outcome: "ok", text: "好", usage: { output: null } },
  ],
  [
    "a finish word that breaks",
    [chunk({ delta: { content: "好" } }), chunk({ delta: {}, finish_reason: "network_error" })],
    { outcome: "server" },
  ],
  [
    "an error",
    [chunk({ delta: { content: "好" } }), Buffer.from('data: {"error":{"message":"busy"}}\n\n')],
    { outcome: "server", message: "busy" },
  ],
  [
    "a finish word with each piece, the last piece never sent",
    [
      chunk({ delta: { content: "好" }, finish_reason: "stop" }),
      chunk({ delta: { content: "吧" }, finish_reason: "stop" }),
    ],
    { outcome: "timeout", text: "好吧" },
  ],
  ["half an answer", [chunk({ delta: { content: "好" } })], { outcome: "timeout" }],
])("a server that stays silent after %s", async (_, pieces, expected) => {
  const protocol = await loadProtocol("openai-chat");
  const wire = wireThat("is silent", pieces, sse);
  expect(await protocol?.attempt(requestAt("http://x"), contextOf(wire.http))).toMatchObject(
    expected,
  );
});

test("an error that follows a complete answer does not undo it", async () => {
  const protocol = await loadProtocol("openai-chat");
  const pieces = [
    chunk({ delta: { content: "好" }, finish_reason: "stop" }),
    Buffer.from('data: {"error":{"message":"could not bill"}}\n\n'),
  ];
  const wire = wireThat("resets the connection", pieces, sse);
  expect(await protocol?.attempt(requestAt("http://x"), contextOf(wire.http))).toMatchObject({
    outcome: "ok",
    text: "好",
  });
});

describe("with a real server", () => {
  let server: Loopback;
  beforeAll(async () => {
    server = await startLoopback();
  });
  afterAll(() => server.close());

  const done = Buffer.from("data: [DONE]\n\n");
  const stop = chunk({ delta: { content: "好" }, finish_reason: "stop" });

  test.each([
    ["never closes", { hold: true }],
    ["resets", { reset: true }],
  ])("one that %s after its end mark is asked once", async (_, how) => {
    server.serve({ pieces: [stop, done], ...how });
    const protocol = await loadProtocol("openai-chat");
    const reply = await protocol?.attempt(requestAt(server.url), contextOf(server.http));
    expect(reply).toMatchObject({ outcome: "ok", text: "好" });
    expect(server.seen).toHaveLength(1);
    // The connection is usable, or replaced.
    server.serve({ pieces: [stop, done] });
    const next = await protocol?.attempt(requestAt(server.url), contextOf(server.http));
    expect(next).toMatchObject({ outcome: "ok" });
  });
});
