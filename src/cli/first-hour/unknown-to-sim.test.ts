import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { startSimulator } from "../../simulator/server/server.ts";
import { everySuite } from "../../store/suites/find-suites.ts";
import { newFolder } from "../testing/command-context.ts";
import { baimoHere } from "../testing/process.ts";

const suite = (answer: string): string =>
  `schema: suite/1\nid: shop\ntasks:\n  - id: t\n    dimension: [甲]\n    grader: {use: exact}\n    items:\n      - {id: a, question: 本店几点开门？, answer: ${answer}}\n      - {id: b, question: 本店几点关门？, answer: 六点}\n`;

/** A folder with an own suite elsewhere than in `suites/`, and a simulator that plays the config's model. */
async function folderWithSim(): Promise<string> {
  const folder = newFolder();
  await mkdir(join(folder, "suites"));
  const refind = () => everySuite({ cwd: folder, builtin: join(folder, "none") });
  const simulator = await startSimulator({
    suites: [],
    refind,
    unknown_prompts: "refuse",
    unknown_models: "imitate",
    speed: 1000,
  });
  onTestFinished(simulator.close);
  await writeFile(
    join(folder, "baimo.yaml"),
    `schema: baimo/1\ntargets: [mine/m]\nproviders:\n  mine: {protocol: openai-chat, base_url: ${simulator.url}/v1, auth: {scheme: bearer, env: MY_KEY}}\n`,
  );
  return folder;
}

test("items that a simulator does not know fail with what to do, give no score, and are asked again", async () => {
  const folder = await folderWithSim();
  await writeFile(join(folder, "shop.yaml"), suite("九点"));
  const ask = (...args: readonly string[]) =>
    baimoHere(folder, [...args, "--reporter", "silent"], { MY_KEY: "sim-k" });
  for (const [lang, said] of [
    ["zh", /模拟器不认得被问的题.*--suites 指明/s],
    ["en", /the simulator does not know what is asked.*with --suites/s],
  ] as const) {
    const out = `${lang}.jsonl`;
    const { code, stdout, stderr } = await ask("run", "shop.yaml", "--out", out, "--lang", lang);
    expect(code, stdout + stderr).toBe(3);
    expect(stdout + stderr).toMatch(said);
    expect(stdout).not.toMatch(/^1 .*0\.0 \(/m);
  }
  await writeFile(join(folder, "suites", "shop.yaml"), suite("九点"));
  for (const again of [["zh.jsonl"], ["en.jsonl", "--retry-failed"]]) {
    const { code, stdout, stderr } = await ask("run", "--resume", ...again);
    expect(code, stdout + stderr).toBe(0);
    const lines = (await readFile(join(folder, again[0] ?? ""), "utf8")).trim().split("\n");
    const answers = lines.map((line) => JSON.parse(line) as { kind: string }).filter(isAnswer);
    expect(answers).toHaveLength(4);
  }
});

const isAnswer = ({ kind }: { readonly kind: string }): boolean => kind === "answer";

test("where some items are known, the others are still told apart", async () => {
  const folder = await folderWithSim();
  await writeFile(join(folder, "suites", "shop.yaml"), suite("九点"));
  await writeFile(join(folder, "more.yaml"), suite("九点").replace("几点关门", "几点换班"));
  const args = ["run", "more.yaml", "--out", "o.jsonl", "--reporter", "silent"];
  const { code, stdout, stderr } = await baimoHere(folder, args, { MY_KEY: "sim-k" });
  expect(code, stdout + stderr).toBe(3);
  expect(stdout + stderr).toMatch(/模拟器不认得被问的题.*--suites 指明/s);
  expect(stdout).toContain("没有目标可以排名");
});

test("a suite that was written after the simulator started is known to it", async () => {
  const folder = await folderWithSim();
  const file = join(folder, "suites", "shop.yaml");
  for (const answer of ["九点", "八点半"]) {
    await writeFile(file, suite(answer));
    const args = ["run", "shop", "--out", `${answer}.jsonl`, "--reporter", "silent"];
    const { code, stdout, stderr } = await baimoHere(folder, args, { MY_KEY: "sim-k" });
    expect(code, stdout + stderr).toBe(0);
    expect(stdout + stderr).not.toContain("失败");
  }
});
