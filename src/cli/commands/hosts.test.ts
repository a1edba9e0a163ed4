import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { type Simulator, startSimulator } from "../../simulator/server/server.ts";
import { newFolder, runCommand } from "../testing/command-context.ts";
import { command as hosts } from "./hosts.ts";
import { command as run } from "./run.ts";

const folder = newFolder();
const suite = `schema: suite/1
id: same
license: CC-BY-4.0
source: 原创
defaults: {params: {temperature: 0.6, top_p: 0.9}}
tasks:
  - id: sums
    dimension: [数学推理, 应用题]
    prompt: "{{question}}\\n请在最后一行用“答案：X”给出数值。"
    grader: {use: numeric}
    items: {generate: word-problem, n: 40, seed: 11}
`;
let simulator: Simulator;
beforeAll(async () => {
  writeFileSync(join(folder, "same.yaml"), suite);
  simulator = await startSimulator({
    suites: [join(folder, "same.yaml")],
    speed: 10_000,
    unknown_models: "imitate",
    script: {
      schema: "faults/1",
      habits: [
        { model: "shan-cut", weights: "xiliu", wavers: 0.3, max_tokens: 12 },
        { model: "shan-renamed", answers_as: "baicao" },
        { model: "shan-*", weights: "xiliu", wavers: 0.3 },
      ],
    },
  });
  const models = `[{match: "shan-*", base_model: shan}]`;
  const provider = `{protocol: openai-chat, base_url: "${simulator.url}/v1", auth: {scheme: bearer, env: HOST_KEY}, egress: 境内, limits: {concurrency: 8}, models: ${models}}`;
  const names = ["official", "host-a", "host-b", "host-c"];
  writeFileSync(
    join(folder, "baimo.yaml"),
    `schema: baimo/1\nproviders:\n${names.map((name) => `  ${name}: ${provider}\n`).join("")}targets: [official/shan-own, host-a/shan-plain, host-b/shan-cut, host-c/shan-renamed]\n`,
  );
});
afterAll(() => simulator.close());

test("simulated hosts: the honest one is inside, the cutting and the renamed one are named", async () => {
  const env = { HOST_KEY: "sim-key" };
  const file = join(folder, "a.jsonl");
  const asked = await runCommand(run, folder, ["./same.yaml"], { trials: "2", out: file }, { env });
  expect(asked.text).toContain("是同一模型 shan 的几家服务商，max_tokens 没有写明");
  const shown = await runCommand(hosts, folder, [file], { official: "official/shan-own" });
  expect(shown.code).toBe(1);
  expect(shown.text).toMatch(/^host-a\/shan-plain：没有一项超出官方自身复测的波动/mu);
  expect(shown.text).toMatch(/^host-b\/shan-cut：与官方服务不符——.*截断率 \+/mu);
  expect(shown.text).toMatch(
    /^host-c\/shan-renamed：与官方服务不符——返回的模型名是 baicao \(100%\)/mu,
  );
  const json = await runCommand(hosts, folder, [file], {
    official: "official/shan-own",
    host: ["host-a/shan-plain"],
    format: "json",
  });
  expect(json.code).toBe(0);
  expect(JSON.parse(json.text)).toMatchObject({
    schema: "hosts/1",
    repeated_items: 40,
    hosts: [{ items: 40, behaves_as_another: false }],
  });
});
