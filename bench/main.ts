/**
 * The performance of the built program, each figure beside a reference from the same run: `npm run bench`
 * [-- --quick] [--only NAME,NAME] [--json FILE]. Names are those of `sections`. Exit code 1 where a bound is not met.
 */
import { execSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";

import "../own-temporary.ts";
import { type Row, table } from "./kit/rows.ts";

type Section = (options: { readonly quick: boolean }) => Promise<readonly Row[]>;

const sections: Readonly<Record<string, () => Promise<{ readonly rows: Section }>>> = {
  install: () => import("./install.ts"),
  start: () => import("./start.ts"),
  loop: () => import("./loop.ts"),
  watched: () => import("./watched.ts"),
  fidelity: () => import("./fidelity.ts"),
  canary: () => import("./canary.ts"),
  memory: () => import("./memory.ts"),
  hostile: () => import("./hostile.ts"),
  files: () => import("./files.ts"),
  score: () => import("./score.ts"),
  view: () => import("./view.ts"),
  compare: () => import("./compare.ts"),
  graders: () => import("./graders.ts"),
};

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    json: { type: "string" },
  },
});
const names = values.only?.split(",") ?? Object.keys(sections);
for (const name of names) {
  if (!Object.hasOwn(sections, name)) {
    console.error(`no ${name}; there are ${Object.keys(sections).join(", ")}`);
    process.exit(2);
  }
}
execSync("npm run -s build", { stdio: "inherit" });

const machine = {
  when: new Date().toISOString(),
  node: process.version,
  cpu: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`,
  memory_gb: Math.round(totalmem() / 1e9),
  quick: values.quick,
};
console.log(`${machine.when}  Node ${machine.node}  ${machine.cpu}  ${machine.memory_gb} GB\n`);
const rows: Row[] = [];
for (const name of names) {
  const section = await sections[name]?.();
  const found = (await section?.rows({ quick: values.quick })) ?? [];
  rows.push(...found);
  console.log(`${table(found)}\n`);
}
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
}
const missed = rows.filter(({ met }) => met === false);
console.log(missed.length === 0 ? "every bound is met" : `${missed.length} bounds are not met`);
process.exitCode = missed.length === 0 ? 0 : 1;
