import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from "quickjs-emscripten";

import type {
  BoxFailure,
  BoxJob,
  BoxResult,
  Interpreter,
  ProbeResult,
  Progress,
  WireValue,
} from "./messages.ts";

import { threadMs } from "./clock.ts";
import { limitMemory } from "./memory.ts";
import { BoxStop } from "./messages.ts";
import { wasm } from "./wasm.ts";

const maxStackBytes = 512 * 1024;
const mostMessageChars = 300;

/**
 * What every program finds besides the language itself, and the function that reads values, which only the host holds.
 * Nothing here is an object of Node's: `print` and `read_line` are functions that take and give text.
 */
const bootstrap = `
(print, readLine) => {
  const shown = (value) => {
    if (typeof value === "string") return value;
    if (typeof value === "bigint") return value + "n";
    if (typeof value !== "object" || value === null) return String(value);
    try { return JSON.stringify(value) ?? String(value); } catch { return String(value); }
  };
  const log = (...parts) => { print(parts.map(shown).join(" ")); };
  const quiet = () => {};
  globalThis.console = { log, info: log, debug: log, error: quiet, warn: quiet, trace: quiet };
  globalThis.print = log;
  globalThis.readline = () => readLine();
  globalThis.module = { exports: {} };
  globalThis.exports = globalThis.module.exports;
  const { isArray } = Array;
  const encode = (value, depth) => {
    if (depth > 60) return ["object", "nested too deep"];
    switch (typeof value) {
      case "undefined": return ["u"];
      case "boolean": return ["b", value];
      case "number": return ["f", Object.is(value, -0) ? "-0" : String(value)];
      case "bigint": return ["i", String(value)];
      case "string": return ["s", value];
      case "symbol": case "function": return ["object", typeof value];
    }
    if (value === null) return ["n"];
    const inner = (each) => encode(each, depth + 1);
    if (isArray(value)) return ["l", Array.from(value, inner)];
    if (value instanceof Map) return ["M", [...value].map((pair) => ["l", pair.map(inner)])];
    if (value instanceof Set) return ["S", [...value].map(inner)];
    if (value instanceof Date) return ["D", String(value.getTime())];
    if (typeof value[Symbol.iterator] === "function") return ["l", [...value].map(inner)];
    return ["d", Object.keys(value).map((key) => ["l", [["s", key], inner(value[key])]])];
  };
  return (value) => JSON.stringify(encode(value, 0));
}`;

type QuickJS = typeof import("quickjs-emscripten");

/** Starts QuickJS. Every job gets an instance of its own, so nothing has to be taken back. */
export async function startJavaScript(file: string): Promise<Interpreter> {
  const quickjs = (await import(pathToFileURL(file).href)) as QuickJS;
  const binary = createRequire(file).resolve("@jitl/quickjs-wasmfile-release-sync/wasm");
  const wasmModule = await wasm.compile(readFileSync(binary));
  const variant = quickjs.newVariant(quickjs.RELEASE_SYNC, { wasmModule });
  let next = await quickjs.newQuickJSWASMModuleFromVariant(variant);
  let isFresh = true;
  return {
    isSpent: () => !isFresh,
    run: (job, progress) => {
      isFresh = false;
      limitMemory(job.limits.memory_bytes);
      return runJob(next, job, progress);
    },
    renew: async () => {
      next = await quickjs.newQuickJSWASMModuleFromVariant(variant);
      isFresh = true;
    },
  };
}

type Running = { readonly printed: string[]; stop: BoxStop | null };

function runJob(quickjs: QuickJSWASMModule, job: BoxJob, progress: Progress): BoxResult {
  const running: Running = { printed: [], stop: null };
  const probes: ProbeResult[] = [];
  const result = (failure: BoxFailure | null): BoxResult => ({
    stdout: running.printed.join(""),
    failure,
    probes: failure === null ? probes : [],
    table: null,
  });
  try {
    const vm = contextOf(quickjs, job, running);
    const encode = readerOf(vm, job, running);
    const evaluate = (code: string): QuickJSHandle => settled(vm, running, vm.evalCode(code));
    evaluate(scriptOf(job.program));
    progress.loaded();
    for (const { setup, expressions } of job.probes) {
      const probe = attempt(running, () => {
        if (setup !== "") evaluate(setup);
        return expressions.map((code) => encode(evaluate(`(${code}\n)`)));
      });
      probes.push(probe);
      progress.probed(probe);
      if ("failure" in probe && probe.failure.kind !== "error") break;
    }
    return result(null);
  } catch (error) {
    return result(failureOf(error, running));
  }
}

function contextOf(quickjs: QuickJSWASMModule, job: BoxJob, running: Running): QuickJSContext {
  const started = threadMs();
  const { time_ms, memory_bytes } = job.limits;
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(memory_bytes);
  runtime.setMaxStackSize(maxStackBytes);
  runtime.setInterruptHandler(() => {
    if (running.stop === null && threadMs() - started > time_ms)
      running.stop = new BoxStop("time", `more than ${time_ms / 1000} s`);
    return running.stop !== null;
  });
  return runtime.newContext();
}

/** Prepares the globals; returns what reads a value. */
function readerOf(
  vm: QuickJSContext,
  job: BoxJob,
  running: Running,
): (value: QuickJSHandle) => WireValue {
  const { output_bytes } = job.limits;
  const lines = (job.stdin ?? "").split("\n");
  if (lines.at(-1) === "") lines.pop();
  let bytes = 0;
  const print = vm.newFunction("print", (text) => {
    const line = `${vm.getString(text)}\n`;
    bytes += Buffer.byteLength(line);
    if (bytes > output_bytes)
      running.stop ??= new BoxStop("output", `more than ${output_bytes} bytes printed`);
    else running.printed.push(line);
  });
  const readLine = vm.newFunction("readline", () => {
    const line = lines.shift();
    return line === undefined ? vm.null : vm.newString(line);
  });
  const prepare = vm.unwrapResult(vm.evalCode(bootstrap));
  const encode = vm.unwrapResult(vm.callFunction(prepare, vm.undefined, print, readLine));
  return (value) => {
    const text = vm.getString(settled(vm, running, vm.callFunction(encode, vm.undefined, value)));
    if (text.length > output_bytes)
      throw new BoxStop("output", `a value of more than ${output_bytes} bytes`);
    return JSON.parse(text) as WireValue;
  };
}

class Raised extends Error {}

/** The value, that of a promise once it is settled. Throws what stopped the program or what it threw. */
function settled(
  vm: QuickJSContext,
  running: Running,
  result: ReturnType<QuickJSContext["evalCode"]>,
): QuickJSHandle {
  if (running.stop !== null) throw running.stop;
  if (result.error !== undefined) throw new Raised(messageOf(vm, result.error));
  const state = vm.getPromiseState(result.value);
  if (state.type === "fulfilled" && state.notAPromise === true) return result.value;
  vm.runtime.executePendingJobs().dispose();
  if (running.stop !== null) throw running.stop;
  const after = vm.getPromiseState(result.value);
  if (after.type === "fulfilled") return after.value;
  if (after.type === "rejected") throw new Raised(messageOf(vm, after.error));
  throw new Raised("a promise that is never settled");
}

function messageOf(vm: QuickJSContext, error: QuickJSHandle): string {
  const dumped: unknown = vm.dump(error);
  const member = (name: string): string => {
    const value: unknown =
      typeof dumped === "object" && dumped !== null ? Reflect.get(dumped, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  const text =
    member("message") === "" ? JSON.stringify(dumped) : `${member("name")}: ${member("message")}`;
  return (text ?? "an error without a text").slice(0, mostMessageChars);
}

function attempt(running: Running, run: () => readonly WireValue[]): ProbeResult {
  try {
    return { values: run() };
  } catch (error) {
    return { failure: failureOf(error, running) };
  }
}

function failureOf(error: unknown, { stop }: Running): BoxFailure {
  if (stop !== null) return { kind: stop.kind, message: stop.message };
  if (error instanceof BoxStop) return { kind: error.kind, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof Raised)) {
    const isDeep = error instanceof RangeError && /stack/.test(message);
    const shown = isDeep ? "the recursion is too deep" : message.slice(0, mostMessageChars);
    return { kind: "crash", message: shown };
  }
  return { kind: /out of memory/.test(message) ? "memory" : "error", message };
}

/** The program as a script: what a module would export is declared all the same. */
const scriptOf = (program: string): string =>
  program
    .replaceAll(/^export\s+default\s+(?=(?:async\s+)?function\s*\*?\s*[\w$]|class\s+[\w$])/gm, "")
    .replaceAll(/^export\s+(?=(?:async\s+)?function|class|const|let|var)/gm, "")
    .replaceAll(/^export\s+(?:default\s+[\w$]+|\{[^}]*\})\s*;?\s*$/gm, "");
