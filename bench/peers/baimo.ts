import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Tool } from "./tool.ts";

import { builtEntry } from "../kit/process.ts";

/** This tree, as `npm run build` left it; suite and config are those that `makeProject` lays into every job's folder. */
export const baimo: Tool = {
  name: "baimo",
  home: null,
  version: () => null,
  isStreaming: true,
  prepare: () => ({
    command: process.execPath,
    args: [builtEntry, "run", "--out", "run.jsonl", "--reporter", "log"],
  }),
  right: ({ folder }) =>
    readFileSync(join(folder, "run.jsonl"), "utf8").match(/^\{"kind":"score".*"verdict":"right"/gm)
      ?.length ?? 0,
};
