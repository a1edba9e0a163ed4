import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

import type {
  BoxFailure,
  BoxJob,
  BoxResult,
  Interpreter,
  ProbeResult,
  Progress,
  WireValue,
} from "./messages.ts";
import type { PythonAddress, PythonModule } from "./python-module.ts";

import { threadMs } from "./clock.ts";
import { limitMemory } from "./memory.ts";
import { BoxStop } from "./messages.ts";
import { clearFiles, prepareFolders, protectFiles } from "./python-files.ts";
import { createGate, type PythonGate } from "./python-gate.ts";
import { heapView, putText, textAt, typeName } from "./python-module.ts";
import { pythonReader } from "./python-values.ts";
import { isCompiled, wasm, type WasmImports, type WasmModule } from "./wasm.ts";

/** Start symbols of the grammar (Include/compile.h). */
const grammar = { file: 257, expression: 258 } as const;

/** Imported before the first program, because most programs import some of them and reading them takes longer. */
const prelude = `
import array, ast, base64, bisect, calendar, collections, copy, csv, dataclasses, datetime, decimal, enum, fractions
import functools, hashlib, heapq, io, itertools, json, math, operator, os, random, re, statistics, string, sys, textwrap
import time, traceback, typing, unicodedata, zoneinfo
os.environ.clear()
os.chdir("/box")
sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, "r", closefd=False)), encoding="utf-8")
sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding="utf-8")
sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w", closefd=False)), encoding="utf-8")
sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
import asyncio, asyncio.base_events
class Waiting:
    def select(self, timeout):
        if timeout is None: raise RuntimeError("everything waits for something that never comes")
        time.sleep(timeout)
        return []
class Loop(asyncio.base_events.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = Waiting()
    def _process_events(self, events): pass
    def _write_to_self(self): pass
class Policy(asyncio.events._BaseDefaultEventLoopPolicy):
    _loop_factory = Loop
asyncio.events._set_running_loop(None)
asyncio.events._event_loop_policy = Policy()
asyncio.run = asyncio.runners.run
for name in [name for name in sys.modules if name.split(".")[0] in ("js", "pyodide_js")]:
    del sys.modules[name]
sys.meta_path[:] = [finder for finder in sys.meta_path if not type(finder).__module__.startswith("_pyodide")]
`;
const spelledTypes = `(lambda: [
    (cls, cls.__repr__) for cls in (
        __import__("datetime").date, __import__("datetime").datetime, __import__("datetime").time,
        __import__("datetime").timedelta, __import__("decimal").Decimal, range)
])()`;

/** Growth beyond this much is not zeroed for the next program: the interpreter is started anew. */
const keptGrowthBytes = 48 * 1024 * 1024;
const mostMessageChars = 300;

type Pyodide = {
  readonly _module: PythonModule;
  readonly runPython: (code: string) => unknown;
  readonly makeMemorySnapshot: () => Uint8Array;
};

export type StartedPython = Interpreter & {
  /** Memory from which another box starts quickly; null if this one was itself started from one. */
  readonly snapshot: Uint8Array | null;
};

/**
 * Starts CPython. Each job begins with the same memory: it is written back over whatever the one before has left, and
 * the files of the job before are removed; the others are read-only.
 */
export async function startPython(
  file: string,
  compiled: WasmModule,
  from: Uint8Array | null,
): Promise<StartedPython> {
  const gate = createGate();
  const pyodide = await loadBehind(gate, file, compiled, {
    indexURL: `${dirname(file)}/`,
    env: { HOME: "/box", TZ: "UTC" },
    ...(from === null ? { _makeSnapshot: true } : { _loadSnapshot: from }),
  });
  const python = pyodide._module;
  prepareFolders(python.FS);
  if (from === null) pyodide.runPython(`exec(${JSON.stringify(prelude)}, {})`);
  const snapshot = from === null ? pyodide.makeMemorySnapshot() : null;
  protectFiles(python.FS);
  const reprOf = reprsOf(python);
  // Makes the evaluation loop ask now and then whether it should stop.
  python.HEAPU8[python._Py_EMSCRIPTEN_SIGNAL_HANDLING] = 1;
  gate.close(python.FS, () => heapView(python));
  const streams = python.FS.streams.slice(0, 3);
  const stack = python._emscripten_stack_get_current();
  const memory = python.HEAPU8.slice();
  let spent = false;

  const reset = (): void => {
    const { HEAPU8: heap } = python;
    if (heap.length > memory.length + keptGrowthBytes) {
      spent = true;
      return;
    }
    heap.set(memory);
    heap.fill(0, memory.length);
    python.__emscripten_stack_restore(stack);
    clearFiles(python.FS, streams);
  };

  return {
    snapshot,
    isSpent: () => spent,
    run: (job, progress) => {
      limitMemory(job.limits.memory_bytes);
      const started = threadMs();
      gate.begin(job.stdin ?? "", job.limits, () => threadMs() - started);
      const result = runJob(python, job, reprOf, progress);
      const stdout = gate.printed();
      try {
        reset();
      } catch {
        spent = true;
      }
      return { ...result, stdout };
    },
  };
}

/** Starts Pyodide with its imports behind the gate and without compiling it again. */
async function loadBehind(
  gate: PythonGate,
  file: string,
  compiled: WasmModule,
  options: Readonly<Record<string, unknown>>,
): Promise<Pyodide> {
  const { instantiate } = wasm;
  const behindGate = async (
    source: WasmModule | Uint8Array,
    imports: WasmImports = {},
  ): Promise<unknown> => {
    if (isCompiled(source)) return instantiate(source, gate.wrap(source, imports));
    const instance = await instantiate(compiled, gate.wrap(compiled, imports));
    return { module: compiled, instance };
  };
  const { loadPyodide } = (await import(pathToFileURL(file).href)) as {
    readonly loadPyodide: (options: Readonly<Record<string, unknown>>) => Promise<Pyodide>;
  };
  wasm.instantiate = behindGate;
  // Emscripten asks it for the flags of a file system that is not used; the permission model forbids to ask.
  Reflect.set(process, "binding", () => ({ fs: {} }));
  try {
    return await loadPyodide(options);
  } finally {
    wasm.instantiate = instantiate;
  }
}

function runJob(
  python: PythonModule,
  job: BoxJob,
  reprOf: ReadonlyMap<PythonAddress, PythonAddress>,
  progress: Progress,
): Omit<BoxResult, "stdout"> {
  const probes: ProbeResult[] = [];
  const asWhole = job.stdin !== null;
  try {
    const name = putText(python, asWhole ? "__main__" : "program");
    const names = python._PyModule_GetDict(python._PyImport_AddModule(name));
    execute(python, job.program, names, asWhole);
    if (asWhole) execute(python, flush, python._PyDict_New(), false);
    progress.loaded();
    const read = pythonReader(python, reprOf, job.limits.output_bytes);
    for (const { setup, expressions } of job.probes) {
      const probe = attempt(() => {
        if (setup !== "") execute(python, setup, names, false);
        return expressions.map((each): WireValue => read(evaluate(python, each, names)));
      });
      probes.push(probe);
      progress.probed(probe);
      if ("failure" in probe && probe.failure.kind !== "error") break;
    }
    return { failure: null, probes, table: null };
  } catch (error) {
    return { failure: failureOf(error), probes: [], table: null };
  }
}

/** A program may have closed it. */
const flush = "try: __import__('sys').stdout.flush()\nexcept ValueError: pass";

/** An exception of the program is thrown as `Raised`, which leaves the interpreter usable. */
class Raised extends Error {}
class Ended extends Error {}

function attempt(run: () => readonly WireValue[]): ProbeResult {
  try {
    return { values: run() };
  } catch (error) {
    const failure = failureOf(error);
    return {
      failure:
        error instanceof Ended
          ? { ...failure, message: `${failure.message} in its test` }
          : failure,
    };
  }
}

function failureOf(error: unknown): BoxFailure {
  if (error instanceof BoxStop) return { kind: error.kind, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Raised) {
    return { kind: message.startsWith("MemoryError") ? "memory" : "error", message };
  }
  if (error instanceof Ended) return { kind: "error", message };
  // What is not the program's exception has left the interpreter in the middle of something.
  if (error instanceof RangeError && /stack/.test(message))
    return { kind: "crash", message: "the recursion is too deep" };
  return { kind: "crash", message: message.slice(0, mostMessageChars) };
}

function execute(python: PythonModule, code: string, names: PythonAddress, mayExit: boolean): void {
  if (run(python, code, grammar.file, names) === 0) raise(python, mayExit);
}

function evaluate(python: PythonModule, code: string, names: PythonAddress): PythonAddress {
  const object = run(python, code, grammar.expression, names);
  if (object === 0) raise(python, false);
  return object;
}

const run = (
  python: PythonModule,
  code: string,
  symbol: number,
  names: PythonAddress,
): PythonAddress => python._PyRun_StringFlags(putText(python, code), symbol, names, names, 0);

/** Throws the pending exception; `SystemExit` is a program's normal end where it may end. */
function raise(python: PythonModule, mayExit: boolean): void {
  const error = python._PyErr_GetRaisedException();
  const exit = heapView(python).getUint32(python._PyExc_SystemExit, true);
  if (error !== 0 && python._PyErr_GivenExceptionMatches(error, exit) !== 0) {
    if (mayExit) return;
    throw new Ended("the program ended itself");
  }
  throw new Raised(error === 0 ? "an error without a name" : messageOf(python, error));
}

function messageOf(python: PythonModule, error: PythonAddress): string {
  const name = typeName(python, error);
  const shown = python._PyObject_Str(error);
  const text = shown === 0 ? null : textAt(python, shown);
  python._PyErr_Clear();
  return (text === null || text === "" ? name : `${name}: ${text}`).slice(0, mostMessageChars);
}

function reprsOf(python: PythonModule): ReadonlyMap<PythonAddress, PythonAddress> {
  const list = evaluate(python, spelledTypes, python._PyDict_New());
  return new Map(
    Array.from({ length: python._PyList_Size(list) }, (_, index) => {
      const pair = python._PyList_GetItem(list, index);
      return [python._PyTuple_GetItem(pair, 0), python._PyTuple_GetItem(pair, 1)] as const;
    }),
  );
}
