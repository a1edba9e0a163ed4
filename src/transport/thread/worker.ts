/** A transport thread: sockets, protocols and clocks, and nothing else that could delay them. */
import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";

import type { Credentials } from "../../calling/auth/authorizer.ts";
import type { Endpoint } from "../../calling/protocol.ts";
import type { LaneCounts } from "./lane-counts.ts";
import type { SendOrder, FromThread, ToThread } from "./messages.ts";
import type { Attempted, LocalSender } from "./sender.ts";

import { isFailed } from "../../domain/outcome.ts";
import { createOutbox } from "./messages.ts";
import { createReady, type Ready } from "./ready.ts";

// Before the large modules are loaded.
enableCompileCache();
const { createSender, prepare } = await import("./sender.ts");
const { startCanary } = await import("../canary/canary.ts");

const port = parentPort;
if (port === null) throw new Error("this is the program of a thread");
const post = createOutbox<FromThread>((all) => port.postMessage(all));

const endpoints: Endpoint[] = [];
const keys = new Map<Endpoint, Credentials>();
const signals = new Map<number, AbortController>();
const lanes = new Map<number, Ready<SendOrder>>();
let sender: LocalSender | null = null;

port.on("message", (messages: readonly ToThread[]) => {
  // What is sent most often takes the shortest way.
  for (const message of messages) {
    if (message.kind === "send") take(message);
    else void receive(message);
  }
});

async function receive(message: Exclude<ToThread, SendOrder>): Promise<void> {
  switch (message.kind) {
    case "open": {
      const keysOf = (endpoint: Endpoint): Credentials => keys.get(endpoint) ?? { secrets: {} };
      sender = createSender({ ...message.sockets, keysOf }, startCanary(Math.random));
      return;
    }
    case "prepare":
      await prepare(message.protocols, message.schemes);
      return;
    case "endpoint":
      endpoints[message.at] = message.endpoint;
      keys.set(message.endpoint, message.keys);
      return;
    case "abort":
      controllerOf(message.signal).abort();
      return;
    case "lane":
      lanes.set(message.lane, readyFor(message.counts));
      return;
    case "start":
      if (laneOf(message.lane).start(message.number))
        post({ kind: "started", number: message.number });
      return;
    case "recall":
      laneOf(message.lane).recall();
      return;
    case "read":
      post({ kind: "readings", readings: opened().readings() });
      return;
    case "close":
      await sender?.close();
      post({ kind: "closed" });
  }
}

function take(order: SendOrder): void {
  const { number, lane, standby } = order;
  if (lane === undefined) return send(order, null);
  const ready = laneOf(lane);
  if (standby !== undefined) return ready.standBy(number, order, standby);
  ready.sent();
  send(order, ready);
}

function send(order: SendOrder, lane: Ready<SendOrder> | null): void {
  const { number, endpoint: at, signal, request } = order;
  const endpoint = endpoints[at];
  if (endpoint === undefined) return fail(number, lane, new Error(`there is no endpoint ${at}`));
  // The message is nobody else's, and a copy of it would live as long as the request.
  opened()
    .attempt(Object.assign(request, { endpoint }), controllerOf(signal).signal)
    .then(
      (attempted) => answer(number, lane, attempted),
      (error: unknown) => fail(number, lane, error),
    );
}

function answer(number: number, lane: Ready<SendOrder> | null, attempted: Attempted): void {
  if (lane === null) return post({ kind: "answered", number, attempted });
  lane.ended(isFailed(attempted.reply.outcome), ({ started, failures }) =>
    post({
      kind: "answered",
      number,
      attempted: failures === undefined ? attempted : { ...attempted, failures },
      ...(started === undefined ? null : { started }),
    }),
  );
}

function fail(number: number, lane: Ready<SendOrder> | null, thrown: unknown): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const tell = () => post({ kind: "failed", number, error });
  if (lane === null) tell();
  else lane.ended(true, tell);
}

function laneOf(number: number): Ready<SendOrder> {
  const lane = lanes.get(number);
  if (lane === undefined) throw new Error(`there is no lane ${number}`);
  return lane;
}

function readyFor(counts: LaneCounts): Ready<SendOrder> {
  const made: Ready<SendOrder> = createReady({
    start: (order, waited_ms, in_flight) => {
      const { request } = order;
      Object.assign(request, { queued_ms: request.queued_ms + waited_ms, in_flight });
      send(order, made);
    },
    giveBack: ({ number: unsent }) => post({ kind: "unsent", number: unsent }),
    now: () => performance.now(),
    counts,
  });
  return made;
}

function opened(): LocalSender {
  if (sender === null) throw new Error("used before it was opened");
  return sender;
}

function controllerOf(signal: number): AbortController {
  const controller = signals.get(signal) ?? new AbortController();
  signals.set(signal, controller);
  return controller;
}
