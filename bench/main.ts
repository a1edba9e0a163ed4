import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Runs the benchmarks named, or all of them, one after the other. Each is a file of this folder. */
const apart = new Set(["main", "calibration-rows", "soak"]);
const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replace(/\.ts$/, ""))
  .filter((name) => !apart.has(name));
const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : all) {
  console.log(`== ${name}`);
  const file = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, [...process.execArgv, file], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
