/**
 * Other programs of the kind beside baimo and the bare dispatch loop, on the same loopback server in the same minutes:
 * `npm run bench:peers` [-- --only NAME,NAME] [--items N] [--streams 64,256] [--docs]. PROMPTFOO, INSPECT, LM_EVAL, EVALSCOPE and
 * GUIDELLM name the folders where these programs are installed (virtual environments; of promptfoo, the folder of `npm install`);
 * what is missing is left out and said so. With --docs the table goes into docs/performance.md, in both languages.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";

import "../../own-temporary.ts";
import type { Tool } from "./tool.ts";

import { writeTable } from "../kit/docs.ts";
import { installed } from "../kit/program.ts";
import { baimo } from "./baimo.ts";
import { bare } from "./bare.ts";
import { evalscope } from "./evalscope.ts";
import { guidellm } from "./guidellm.ts";
import { inspect } from "./inspect.ts";
import { lmEval } from "./lm-eval.ts";
import { measure } from "./measure.ts";
import { promptfoo } from "./promptfoo.ts";
import { peerRow } from "./table.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    items: { type: "string", default: "2000" },
    streams: { type: "string", default: "64,256" },
    docs: { type: "boolean", default: false },
  },
});

/** Enough for a program to have compiled and cached what it keeps between runs. */
const warming = 8;

const tools: readonly Tool[] = [bare, baimo, evalscope, guidellm, lmEval, promptfoo, inspect];
const found: { readonly tool: Tool; readonly at: string }[] = [];
for (const tool of tools) {
  if (values.only !== undefined && !values.only.split(",").includes(tool.name)) continue;
  const at = tool.home === null ? "" : installed(tool.name, tool.home);
  if (at !== null) found.push({ tool, at });
}

/** Null, and said so, where a program fails: the others are measured all the same. */
async function measured(tool: Tool, at: string, items: number, streams: number) {
  try {
    return await measure(tool, at, items, streams);
  } catch (error) {
    console.log((error as Error).message);
    process.exitCode = 1;
    return null;
  }
}

for (const { tool, at } of found) await measured(tool, at, warming, warming);

const rows: (readonly string[])[] = [];
for (const streams of values.streams.split(",").map(Number))
  for (const { tool, at } of found) {
    const items = Math.min(Number(values.items), tool.items ?? Number.POSITIVE_INFINITY);
    const figures = await measured(tool, at, items, streams);
    if (figures === null) continue;
    const row = peerRow(tool, tool.version(at), figures);
    const { answers, under_way } = figures;
    console.log(row.join("  "), { answers, under_way, load: loadavg()[0]?.toFixed(1) });
    rows.push(row);
  }
if (values.docs) writeTable("peers", rows, `Node ${process.versions.node}`);
