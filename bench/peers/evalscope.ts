import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Home } from "../kit/program.ts";
import type { Tool } from "./tool.ts";

import { promptsIn } from "./prompts.ts";
import { offline } from "./python.ts";
import { pythonVersion } from "./python.ts";

export const evalscopeHome: Home = { variable: "EVALSCOPE", program: "bin/evalscope" };

/** The arguments with which EvalScope perf sends the lines of prompts.txt, so many at once; what it measured goes below `ev`. */
export const evalscopeArguments = (
  url: string,
  model: string,
  requests: number,
  streams: number,
): readonly string[] =>
  [
    ["perf", "--url", `${url}/v1/chat/completions`, "--model", model, "--api", "openai"],
    ["--parallel", String(streams), "--number", String(requests), "--stream"],
    ["--dataset", "line_by_line", "--dataset-path", "prompts.txt", "--outputs-dir", "ev"],
  ].flat();

/** EvalScope perf: times replies, grades none. */
export const evalscope: Tool = {
  name: "EvalScope perf",
  home: evalscopeHome,
  version: (at) => pythonVersion(at, "evalscope"),
  isStreaming: true,
  prepare: ({ folder, url, items, streams }, at) => {
    writeFileSync(join(folder, "prompts.txt"), promptsIn(folder).join("\n"));
    return {
      command: join(at, evalscopeHome.program),
      args: evalscopeArguments(url, "load", items, streams),
      env: offline,
    };
  },
  right: () => null,
};
