/** The asking thread: sockets, protocols and clocks, and nothing else that could hold them up. */
import { enableCompileCache } from "node:module";
import { parentPort } from "node:worker_threads";

import type { Keys } from "../auth/kit/authorizer.ts";
import type { Endpoint } from "../protocols/protocol.ts";
import type { Asker } from "./asker.ts";
import type { AskTold, Said, Told } from "./message.ts";

import { createOutbox } from "./message.ts";

// Before what is large is loaded.
enableCompileCache();
const { createAsker, prepare } = await import("./asker.ts");

const port = parentPort;
if (port === null) throw new Error("this is the program of a thread");
const say = createOutbox<Said>((all) => port.postMessage(all));

const endpoints: Endpoint[] = [];
const keys = new Map<Endpoint, Keys>();
const signals = new Map<number, AbortController>();
let asker: Asker | null = null;

port.on("message", (messages: readonly Told[]) => {
  for (const message of messages) void take(message);
});

async function take(message: Told): Promise<void> {
  switch (message.kind) {
    case "open": {
      const keysOf = (endpoint: Endpoint): Keys => keys.get(endpoint) ?? { secrets: {} };
      asker = createAsker({ ...message.sockets, keysOf });
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
      await asker?.close();
      say({ kind: "closed" });
  }
}

async function ask({ number, endpoint: at, signal, question }: AskTold): Promise<void> {
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

function opened(): Asker {
  if (asker === null) throw new Error("asked before it was opened");
  return asker;
}

function controllerOf(signal: number): AbortController {
  const controller = signals.get(signal) ?? new AbortController();
  signals.set(signal, controller);
  return controller;
}
