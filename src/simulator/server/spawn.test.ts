import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { UserError } from "../../domain/text.ts";
import { statsPath } from "./server.ts";
import { loaderArgs, spawnSimulator } from "./spawn.ts";

const starter = join(import.meta.dirname, "../../../suites/starter.yaml");

test("runs in its own process until it is closed", async () => {
  const simulator = await spawnSimulator({ suites: [starter], speed: 1000 });
  expect(simulator.pid).not.toBe(process.pid);
  const response = await fetch(`${simulator.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer sim-x" },
    body: JSON.stringify({ model: "baicao", messages: [{ role: "user", content: "你好" }] }),
  });
  expect(response.headers.get("x-baimo-simulated")).toBe("1");
  await response.arrayBuffer();
  const stats = await fetch(`${simulator.url}${statsPath}`);
  expect(await stats.json()).toMatchObject({ requests: 1, strangers: 1, statuses: { 200: 1 } });
  await simulator.close();
  await expect(fetch(simulator.url)).rejects.toThrow("fetch failed");
});

test("a suite that cannot be read is a user error", async () => {
  const start = spawnSimulator({ suites: ["/no/such/suite.yaml"] });
  await expect(start).rejects.toBeInstanceOf(UserError);
});

test.each([
  [[], []],
  [
    ["--require", "/x/preflight.cjs", "--import", "file:///x/loader.mjs"],
    ["--require", "/x/preflight.cjs", "--import", "file:///x/loader.mjs"],
  ],
  [["--import=tsx", "--max-old-space-size=100"], ["--import=tsx"]],
  [
    ["--input-type=module", "-e", "spawn()", "--inspect", "--import", "tsx"],
    ["--import", "tsx"],
  ],
])("of the flags %o the child gets %o", (args, kept) => {
  expect(loaderArgs(args)).toEqual(kept);
});

test.each([
  ["killed", "setInterval(() => undefined, 1000);"],
  ["done", ""],
])("ends when its parent is %s", async (end, then) => {
  const folder = await mkdtemp(join(tmpdir(), "baimo-spawn-"));
  const file = join(folder, "parent.ts");
  const spawner = JSON.stringify(join(import.meta.dirname, "spawn.ts"));
  const lines = [
    `import { spawnSimulator } from ${spawner};`,
    "const { pid } = await spawnSimulator();",
    "console.log(pid);",
    then,
  ];
  await writeFile(file, lines.join("\n"));
  const parent = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(parent, "exit");
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(line.toString("utf8"));
  expect(pid).toBeGreaterThan(0);
  if (end === "killed") parent.kill("SIGKILL");
  await exited;
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), 60_000);
  await rm(folder, { recursive: true });
});
