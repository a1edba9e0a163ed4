import { enableCompileCache } from "node:module";
import { createInterface } from "node:readline";

import type { SimulatorOptions } from "./server.ts";

import { UserError } from "../../domain/text.ts";

// Before the large modules are loaded.
enableCompileCache();
const { startSimulator } = await import("./server.ts");

/** What the child process prints: one line of JSON. */
export type Hello =
  | { readonly url: string; readonly port: number; readonly models: readonly string[] }
  | {
      readonly error: string;
      readonly text: UserError["text"] | null;
      readonly problems: UserError["problems"];
    };

/*
 * The simulator as a separate process. The first line of standard input holds its options as JSON; when standard input
 * ends, because the parent closed it or died, the process exits.
 */
const lines = createInterface({ input: process.stdin });
lines.once("line", (line) => void start(line));
lines.once("close", () => process.exit());

async function start(line: string): Promise<void> {
  try {
    const { url, port, models } = await startSimulator(JSON.parse(line) as SimulatorOptions);
    say({ url, port, models });
  } catch (error) {
    const known = error instanceof UserError ? error : null;
    say({ error: String(error), text: known?.text ?? null, problems: known?.problems ?? [] });
    process.exitCode = 1;
    process.stdin.destroy();
  }
}

function say(hello: Hello): void {
  process.stdout.write(`${JSON.stringify(hello)}\n`);
}
