import { runInNewContext } from "node:vm";

import { loadPyodide } from "pyodide";

import type { Asked } from "./asked.ts";

import { groups } from "./asked.ts";

let python: ReturnType<typeof loadPyodide> | null = null;

/** Runs the program that the question shows, by an interpreter of its language. */
export async function solveProgram({ question }: Asked): Promise<number> {
  const [language = "", text = ""] = groups(/```(\w+)\n([\s\S]+?)\n```/, question);
  const printed: unknown[] = [];
  if (language === "javascript") {
    runInNewContext(text, { console: { log: (value: unknown) => printed.push(value) } });
    return Number(printed[0]);
  }
  python ??= loadPyodide();
  const interpreter = await python;
  interpreter.setStdout({ batched: (line) => printed.push(line) });
  interpreter.runPython(text);
  return Number(printed[0]);
}
