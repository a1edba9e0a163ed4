import { join } from "node:path";
import { expect, test } from "vitest";

import { UserError } from "../domain/text.ts";
import { spawnSimulator } from "./spawn.ts";

const starter = join(import.meta.dirname, "../../suites/starter.yaml");

test("runs in a process of its own until it is closed", async () => {
  const simulator = await spawnSimulator({ suites: [starter], speed: 1000 });
  expect(simulator.pid).not.toBe(process.pid);
  const response = await fetch(`${simulator.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer sim-x" },
    body: JSON.stringify({ model: "baicao", messages: [{ role: "user", content: "你好" }] }),
  });
  expect(response.headers.get("x-baimo-simulated")).toBe("1");
  await response.arrayBuffer();
  const stats = await fetch(`${simulator.url}/baimo/stats`);
  expect(await stats.json()).toMatchObject({ requests: 1, strangers: 1, statuses: { 200: 1 } });
  await simulator.close();
  await expect(fetch(simulator.url)).rejects.toThrow("fetch failed");
});

test("a suite that cannot be read is the user's mistake", async () => {
  const start = spawnSimulator({ suites: ["/no/such/suite.yaml"] });
  await expect(start).rejects.toBeInstanceOf(UserError);
});
