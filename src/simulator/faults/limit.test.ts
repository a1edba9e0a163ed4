import { expect, test } from "vitest";

import { startSimulator } from "../server/server.ts";
import { rawChat } from "../testing/raw.ts";
import { createRateLimiter } from "./limit.ts";
import { FaultScript } from "./script.ts";

const taking = { model: "xiliu", account: "a", input_tokens: 10 };
const limitsOf = (...limits: readonly object[]) =>
  FaultScript.parse({ schema: "faults/1", limits }).limits;

test("requests beyond a window's limit are refused, not counted, and get a Retry-After", () => {
  const gate = createRateLimiter(limitsOf({ rpm: 3 }), 1);
  const admissions = Array.from({ length: 5 }, () => gate.admit(taking));
  expect(admissions.map(({ ok }) => ok)).toEqual([true, true, true, false, false]);
  const wait = Number(admissions[4]?.headers["retry-after-ms"]);
  expect(wait).toBeGreaterThan(50_000);
  expect(wait).toBeLessThanOrEqual(60_000);
  expect(admissions[4]?.headers).toMatchObject({
    "retry-after": "60",
    "x-ratelimit-limit-requests": "3",
    "x-ratelimit-remaining-requests": "0",
  });
});

test("vendor time can be compressed: the window passes and the next request is admitted", async () => {
  const gate = createRateLimiter(limitsOf({ rpm: 1, hint: "retry-after-ms" }), 600);
  expect(gate.admit(taking).ok).toBe(true);
  const refused = gate.admit(taking);
  const wait = Number(refused.headers["retry-after-ms"]);
  expect(wait).toBeLessThanOrEqual(100);
  await new Promise((resolve) => setTimeout(resolve, wait + 2));
  expect(gate.admit(taking).ok).toBe(true);
});

test("a burst is limited to its share of the minute", () => {
  const gate = createRateLimiter(limitsOf({ rpm: 600, burst_s: 1 }), 1);
  const ok = Array.from({ length: 20 }, () => gate.admit(taking)).filter((each) => each.ok);
  expect(ok).toHaveLength(10);
});

test("tokens count, output included", () => {
  const gate = createRateLimiter(limitsOf({ tpm: 100 }), 1);
  const first = gate.admit(taking);
  if (first.ok) first.spend(85);
  expect(gate.admit(taking).ok).toBe(false);
  expect(gate.admit({ ...taking, input_tokens: 5 }).ok).toBe(true);
});

test.each([
  ["model", true],
  ["account", false],
])("a limit of scope %s lets another model in: %s", (scope, ok) => {
  const gate = createRateLimiter(limitsOf({ scope, concurrency: 1 }), 1);
  expect(gate.admit(taking).ok).toBe(true);
  expect(gate.admit({ ...taking, model: "baicao" }).ok).toBe(ok);
  expect(gate.admit({ ...taking, account: "b" }).ok).toBe(true);
});

test("over HTTP, concurrency beyond the limit gets 429 and slots are released", async () => {
  const simulator = await startSimulator({
    speed: 20,
    script: {
      schema: "faults/1",
      rules: [{ model: "xiliu", requests: { to: 3 }, do: { fault: "slow", factor: 60 } }],
      limits: [{ model: "xiliu", concurrency: 2 }],
    },
  });
  const chat = (model: string) =>
    rawChat(simulator.url, { model, messages: [{ role: "user", content: "你好" }], stream: true });
  const together = await Promise.all([chat("xiliu"), chat("xiliu"), chat("xiliu"), chat("baicao")]);
  expect(together.filter(({ status }) => status === 429)).toHaveLength(1);
  expect((await chat("xiliu")).status).toBe(200);
  await simulator.close();
  const { statuses, faults, models } = simulator.stats();
  expect(statuses).toEqual({ 200: 4, 429: 1 });
  expect(faults).toEqual({ limit: 1, slow: 2 });
  expect(models["xiliu"]?.in_flight_max).toBe(3);
});
