import { parentPort, workerData } from "node:worker_threads";

import type {
  BoxReply,
  BoxRequest,
  CodeLanguage,
  Interpreter,
  InterpreterFiles,
  ProbeResult,
  Progress,
} from "./messages.ts";
import type { WasmModule } from "./wasm.ts";

import { noResult } from "./messages.ts";

/** The thread of a box that runs programs, one at a time; its warden ends it when a program does not stop. */
export type CellData = {
  readonly files: InterpreterFiles;
  readonly snapshot: Uint8Array | null;
};
export type CellRequest = {
  readonly request: BoxRequest;
  /** What runs Python, compiled once per process; null of other languages and without Pyodide. */
  readonly python: WasmModule | null;
};
export type CellMessage =
  /** The interpreter is there and the program begins. */
  | { readonly kind: "begun"; readonly nonce: string }
  | { readonly kind: "loaded" }
  | { readonly kind: "probed"; readonly probe: ProbeResult }
  /** `spent`: this thread can run no further program. */
  | { readonly kind: "reply"; readonly reply: BoxReply; readonly spent: boolean }
  | { readonly kind: "snapshot"; readonly snapshot: Uint8Array };

const { files, snapshot } = workerData as CellData;
const started = new Map<CodeLanguage, Promise<Interpreter>>();

async function start(language: CodeLanguage, python: WasmModule | null): Promise<Interpreter> {
  const file = files[language];
  if (file === null) throw new Error(`the package of ${language} is not installed`);
  switch (language) {
    case "javascript":
      return (await import("./javascript.ts")).startJavaScript(file);
    case "sql":
      return (await import("./sql.ts")).startSql(file);
    case "python": {
      if (python === null) throw new Error("Pyodide is not compiled");
      const { startPython } = await import("./python.ts");
      const interpreter = await startPython(file, python, snapshot);
      if (interpreter.snapshot !== null) tell({ kind: "snapshot", snapshot: interpreter.snapshot });
      return interpreter;
    }
  }
}

/** Whether a program runs: what fails before is not its fault. */
let isBegun = false;

const tell = (message: CellMessage): void => parentPort?.postMessage(message);

const progress: Progress = {
  loaded: () => tell({ kind: "loaded" }),
  probed: (probe) => tell({ kind: "probed", probe }),
};

async function answer({ request: { nonce, job }, python }: CellRequest): Promise<void> {
  const starting = started.get(job.language) ?? start(job.language, python);
  started.set(job.language, starting);
  const interpreter = await starting;
  isBegun = true;
  tell({ kind: "begun", nonce });
  const result = interpreter.run(job, progress);
  const isLost = interpreter.isSpent() && interpreter.renew === undefined;
  tell({ kind: "reply", reply: { nonce, result }, spent: isLost });
  isBegun = false;
  if (!isLost && interpreter.isSpent()) await interpreter.renew?.();
}

let last: Promise<void> = Promise.resolve();
parentPort?.on("message", (asked: CellRequest) => {
  last = last
    .then(() => answer(asked))
    .catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      const result = noResult({ kind: isBegun ? "crash" : "unavailable", message });
      tell({ kind: "reply", reply: { nonce: asked.request.nonce, result }, spent: true });
    });
});
