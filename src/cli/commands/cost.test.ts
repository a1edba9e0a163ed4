import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { newFolder, runCommand } from "../testing/command-context.ts";
import { startFastSimulator } from "../testing/fast-simulator.ts";
import { command as cost } from "./cost.ts";
import { command as reprice } from "./reprice.ts";
import { command as run } from "./run.ts";

const folder = newFolder();
const file = join(folder, "a.jsonl");
writeFileSync(
  join(folder, "prices.yaml"),
  "schema: prices/1\nsource: 合同\nread: 2026-11-01\nrows: [{target: sim/*, discount: 0.5}]\n",
);

test("the sample is a traffic file that works, and own prices halve its bill", async () => {
  const { env, close } = await startFastSimulator("starter");
  onTestFinished(close);
  const flags = { model: ["sim/xiliu"], limit: "1", out: file };
  const asked = await runCommand(run, folder, ["starter"], flags, { env });
  expect(asked.code).toBe(0);
  const sample = await runCommand(cost, folder, [], { sample: true });
  writeFileSync(join(folder, "traffic.yaml"), `${sample.text}\n`);
  const options = { traffic: "traffic.yaml", format: "json" };
  const list = await runCommand(cost, folder, [file], options);
  expect(list.code).toBe(0);
  const own = await runCommand(cost, folder, [file], { ...options, prices: "prices.yaml" });
  const middle = ({ text }: { text: string }) =>
    (JSON.parse(text) as { offers: { month: { middle: number } }[] }).offers[0]?.month.middle ?? 0;
  expect(middle(list)).toBeGreaterThan(0);
  expect(middle(own)).toBeCloseTo(middle(list) / 2, 9);
  const shown = await runCommand(cost, folder, [file], { traffic: "traffic.yaml" });
  expect(shown.text).toContain("2026-12：约 5,240 次调用");
  expect(shown.text).toMatch(/同样的活由人做约 26 个工日/u);
});

test("a run is billed again by other prices, and its file stays as it is", async () => {
  const before = readFileSync(file, "utf8");
  const { code, text } = await runCommand(reprice, folder, [file], {
    prices: "prices.yaml",
    json: true,
  });
  expect(code).toBe(0);
  const [target] = (
    JSON.parse(text) as { targets: { recorded: { CNY: number }; own: { CNY: number } }[] }
  ).targets;
  expect(target?.recorded.CNY).toBeGreaterThan(0);
  expect(target?.own.CNY).toBeCloseTo((target?.recorded.CNY ?? 0) / 2, 12);
  expect(readFileSync(file, "utf8")).toBe(before);
});

/** The run's file with its first call ended otherwise, its tokens uncounted; `code` of each of its attempts. */
function turnedAs(outcome: string, code: string | null = null): string {
  type Call = { outcome: string; usage: object; attempts: readonly object[] };
  const lines = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { kind: string; turns: Call[] });
  const call = lines.find(({ kind }) => kind === "answer")?.turns[0];
  if (call === undefined) throw new Error("no call");
  const usage = Object.fromEntries(Object.keys(call.usage).map((name) => [name, null]));
  const attempts = [0, 1].map(() => ({
    ...call.attempts[0],
    outcome,
    code,
    status: code === null ? 500 : null,
  }));
  Object.assign(call, { outcome, cost: null, usage, attempts });
  const turned = join(folder, `${outcome}-${code ?? "none"}.jsonl`);
  writeFileSync(turned, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  return turned;
}

test.each([
  ["auth", null, 0],
  ["network", "ECONNREFUSED", 0],
  ["network", "proxy-ENOTFOUND", 0],
  // What a server did before it broke off may be billed.
  ["server", null, 1],
  ["network", "ECONNRESET", 1],
] as const)("after %s %s the cost of %3$i calls is unknown", async (outcome, code, calls) => {
  const turned = turnedAs(outcome, code);
  const { text } = await runCommand(reprice, folder, [turned], {
    prices: "prices.yaml",
    json: true,
  });
  type Told = { targets: { unknown: object }[] };
  expect((JSON.parse(text) as Told).targets[0]?.unknown).toEqual({
    recorded: calls,
    own: calls,
    usage: calls,
  });
});

test("where the usage of a call is unknown the sum is the least, and says so", async () => {
  const turned = turnedAs("server");
  const { text } = await runCommand(reprice, folder, [turned], { prices: "prices.yaml" });
  expect(text).toContain("用量未知");
  expect(text).not.toContain("价格未知");
  expect(text).toMatch(/≥¥\S+ +≥¥/u);
  const whole = await runCommand(reprice, folder, [file], { prices: "prices.yaml" });
  expect(whole.text).not.toMatch(/≥|未知/u);
});

test("the sample is a file of prices that works", async () => {
  const sample = await runCommand(reprice, folder, [], { sample: true });
  writeFileSync(join(folder, "sample.yaml"), `${sample.text.replace("mine/*", "sim/*")}\n`);
  const { code, text } = await runCommand(reprice, folder, [file], { prices: "sample.yaml" });
  expect(code).toBe(0);
  expect(text).toContain("合同 2026-11 补充协议");
});

test.each([
  ["no traffic", [file], {}, "baimo cost --sample"],
  ["a month that is none", [file], { traffic: "bad.yaml" }, "1 处有误"],
])("%s is refused with what to do", async (_, positionals, options, words) => {
  writeFileSync(
    join(folder, "bad.yaml"),
    "schema: traffic/1\nmonth: 2026-13\ncalls: {weekday: 1}\n",
  );
  const { code, error, text } = await runCommand(cost, folder, positionals, options);
  expect(code).toBe(2);
  expect(`${error}${text}`).toContain(words);
});
