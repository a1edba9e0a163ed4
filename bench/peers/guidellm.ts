import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Home } from "../kit/program.ts";
import type { Tool } from "./tool.ts";

import { promptsIn } from "./prompts.ts";
import { offline } from "./python.ts";
import { pythonVersion } from "./python.ts";

export const guidellmHome: Home = { variable: "GUIDELLM", program: "bin/guidellm" };

/** The arguments with which guidellm sends the texts of prompts.jsonl, so many at once; what it measured goes into benchmarks.json. */
export const guidellmArguments = (
  url: string,
  model: string,
  requests: number,
  streams: number,
): readonly string[] =>
  [
    ["run", "--backend", `kind=openai_http,target=${url},model=${model}`],
    ["--profile", `kind=concurrent,streams=${streams}`],
    ["--constraint", `kind=max_requests,count=${requests}`],
    ["--data", "kind=json_file,path=prompts.jsonl"],
    ["--output", "kind=json,path=.", "--disable-console"],
  ].flat();

/** guidellm: times replies, grades none. */
export const guidellm: Tool = {
  name: "guidellm",
  home: guidellmHome,
  version: (at) => pythonVersion(at, "guidellm"),
  isStreaming: true,
  prepare: ({ folder, url, items, streams }, at) => {
    const rows = promptsIn(folder).map((text) => JSON.stringify({ text, prompt: text }));
    writeFileSync(join(folder, "prompts.jsonl"), rows.join("\n"));
    return {
      command: join(at, guidellmHome.program),
      args: guidellmArguments(url, "load", items, streams),
      env: offline,
    };
  },
  right: () => null,
};
