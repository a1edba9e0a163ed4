/** The transport thread: sockets, protocols and clocks, and nothing else that could hold them up. */
import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";

import type { Credentials } from "../../calling/auth/authorizer.ts";
import type { Endpoint } from "../../calling/protocol.ts";
import type { Sender } from "./sender.ts";
import type { SendOrder, FromThread, ToThread } from "./messages.ts";

import { createOutbox } from "./messages.ts";

// Before what is large is loaded.
enableCompileCache();
const { createSender, prepare } = await import("./sender.ts");

const port = parentPort;
if (port === null) throw new Error("this is the program of a thread");
const say = createOutbox<FromThread>((all) => port.postMessage(all));

const endpoints: Endpoint[] = [];
const keys = new Map<Endpoint, Credentials>();
const signals = new Map<number, AbortController>();
let sender: Sender | null = null;

port.on("message", (messages: readonly ToThread[]) => {
  for (const message of messages) void take(message);
});

async function take(message: ToThread): Promise<void> {
  switch (message.kind) {
    case "open": {
      const keysOf = (endpoint: Endpoint): Credentials => keys.get(endpoint) ?? { secrets: {} };
      sender = createSender({ ...message.sockets, keysOf });
      return;
    }
    case "prepare":
      await prepare(message.protocols, message.schemes);
      return;
    case "endpoint":
      endpoints[message.at] = message.endpoint;
      keys.set(message.endpoint, message.keys);
      return;
    case "ask":
      return ask(message);
    case "abort":
      controllerOf(message.signal).abort();
      return;
    case "health":
      say({ kind: "health", health: await opened().health() });
      return;
    case "close":
      await sender?.close();
      say({ kind: "closed" });
  }
}

async function ask({ number, endpoint: at, signal, question }: SendOrder): Promise<void> {
  try {
    const endpoint = endpoints[at];
    if (endpoint === undefined) throw new Error(`there is no endpoint ${at}`);
    const { signal: aborted } = controllerOf(signal);
    const attempted = await opened().attempt({ ...question, endpoint }, aborted);
    say({ kind: "answered", number, attempted });
  } catch (error) {
    say({
      kind: "failed",
      number,
      error: error instanceof Error ? error : new Error(String(error)),
    });
  }
}

function opened(): Sender {
  if (sender === null) throw new Error("asked before it was opened");
  return sender;
}

function controllerOf(signal: number): AbortController {
  const controller = signals.get(signal) ?? new AbortController();
  signals.set(signal, controller);
  return controller;
}
