/** The transport thread: sockets, protocols and clocks, and nothing else that could delay them. */
import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";

import type { Credentials } from "../../calling/auth/authorizer.ts";
import type { Endpoint } from "../../calling/protocol.ts";
import type { SendOrder, FromThread, ToThread } from "./messages.ts";
import type { Sender } from "./sender.ts";

import { createOutbox } from "./messages.ts";

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
let sender: Sender | null = null;

port.on("message", (messages: readonly ToThread[]) => {
  // What is sent most often takes the shortest way.
  for (const message of messages) {
    if (message.kind === "send") send(message);
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
    case "health":
      post({ kind: "health", health: await opened().health() });
      return;
    case "close":
      await sender?.close();
      post({ kind: "closed" });
  }
}

function send({ number, endpoint: at, signal, request }: SendOrder): void {
  const endpoint = endpoints[at];
  if (endpoint === undefined) return fail(number, new Error(`there is no endpoint ${at}`));
  // The message is nobody else's, and a copy of it would live as long as the request.
  opened()
    .attempt(Object.assign(request, { endpoint }), controllerOf(signal).signal)
    .then(
      (attempted) => post({ kind: "answered", number, attempted }),
      (error: unknown) => fail(number, error),
    );
}

function fail(number: number, error: unknown): void {
  post({
    kind: "failed",
    number,
    error: error instanceof Error ? error : new Error(String(error)),
  });
}

function opened(): Sender {
  if (sender === null) throw new Error("used before it was opened");
  return sender;
}

function controllerOf(signal: number): AbortController {
  const controller = signals.get(signal) ?? new AbortController();
  signals.set(signal, controller);
  return controller;
}
