import { spawnSync } from "node:child_process";

import { expect, it } from "vitest";

/** The nice values of a process's own threads by their names, fields 2 and 19 of proc_pid_stat(5). */
const program = `
import { readdirSync, readFileSync } from "node:fs";
const { lowerBackground } = await import(${JSON.stringify(new URL("./background.ts", import.meta.url).href)});
const lowered = lowerBackground();
const threads = readdirSync("/proc/self/task").map((id) => {
  const stat = readFileSync("/proc/self/task/" + id + "/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")")), Number(fields[16])];
});
console.log(JSON.stringify({ lowered, threads }));
`;

it.runIf(process.platform === "linux")(
  "gives a lower priority to the threads of V8 and to no other",
  () => {
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      encoding: "utf8",
    });
    const { lowered, threads } = JSON.parse(stdout) as {
      readonly lowered: number;
      readonly threads: readonly (readonly [name: string, nice: number])[];
    };
    expect(lowered).toBeGreaterThan(0);
    const usual = threads.find(([name]) => name !== "V8Worker")?.[1] ?? 0;
    expect(threads.filter(([, nice]) => nice > usual)).toEqual(
      threads.filter(([name]) => name === "V8Worker"),
    );
    expect(threads.filter(([name]) => name === "V8Worker")).toHaveLength(lowered);
  },
);
