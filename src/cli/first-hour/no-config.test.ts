import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { newFolder } from "../testing/command-context.ts";
import { startFastSimulator } from "../testing/fast-simulator.ts";
import { baimoHere } from "../testing/process.ts";

// A command in a folder without baimo.yaml: what a person forgot is said before anything else.
const config =
  "schema: baimo/1\nproviders:\n  mine: {protocol: openai-chat, base_url: http://127.0.0.1:9/v1, auth: {scheme: none}}\n";

/** An empty folder; below one that has a config where `above` says so. */
function emptyFolder(above: boolean): string {
  const folder = newFolder();
  if (!above) return folder;
  writeFileSync(join(folder, "baimo.yaml"), config);
  mkdirSync(join(folder, "deep", "er"), { recursive: true });
  return join(folder, "deep", "er");
}

const { env, close } = await startFastSimulator("starter");
afterAll(close);

const run = ["run", "starter", "--limit", "1", "--reporter", "silent", "--out", "o.jsonl"];

test.each([
  [
    "ping",
    ["ping"],
    false,
    "zh",
    "当前文件夹里没有 baimo.yaml：问的是随程序附带的模拟模型，不是真实的模型",
  ],
  [
    "ping",
    ["ping"],
    true,
    "en",
    "There is no baimo.yaml in this folder; one lies in ../.. (cd ../..): the built-in simulated models are asked, no real one",
  ],
  [
    "run",
    run,
    true,
    "zh",
    "当前文件夹里没有 baimo.yaml；上级文件夹 ../.. 里有，可以先 cd ../..：问的是随程序附带的模拟模型，不是真实的模型",
  ],
  [
    "run",
    run,
    false,
    "en",
    "There is no baimo.yaml in this folder: the built-in simulated models are asked, no real one",
  ],
])(
  "%s without one says in its first line that the models are simulated (%s)",
  async (_, args, above, lang, line) => {
    const { code, stdout, stderr } = await baimoHere(
      emptyFolder(above),
      [...args, "--lang", lang],
      env,
    );
    expect(code, stdout + stderr).toBe(0);
    expect((args[0] === "ping" ? stdout : stderr).split("\n")[0]).toBe(line);
  },
);

test.each([
  ["a named target", ["-m", "baseline/random"], null],
  ["a config with targets", [], `${config}targets: [baseline/random]\n`],
])("%s is asked without a word on simulated models", async (_, args, written) => {
  const folder = newFolder();
  if (written !== null) writeFileSync(join(folder, "baimo.yaml"), written);
  const { code, stdout, stderr } = await baimoHere(folder, ["ping", ...args]);
  expect(code, stderr).toBe(0);
  expect(stdout + stderr).not.toContain("模拟");
});

test("a config without targets says the same of itself", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "baimo.yaml"), config);
  const { stdout } = await baimoHere(folder, ["ping"], env);
  expect(stdout.split("\n")[0]).toMatch(/baimo\.yaml 里没有 targets：问的是随程序附带的模拟模型/);
});

const mine = ["-m", "mine/my-model"];
test.each([
  ["ping", ["ping", ...mine], 2],
  ["run", [...run, ...mine], 2],
  ["run --dry-run", [...run, "--dry-run", ...mine], 2],
  ["plan", ["plan", "starter", ...mine], 2],
  ["load", ["load", ...mine], 2],
  ["doctor", ["doctor", ...mine], 3],
  ["models", ["models", "--provider", "mine"], 2],
])("%s names what is missing where a provider is unknown", async (_, args, code) => {
  for (const [above, lang, words] of [
    [false, "zh", "自己的服务商写在 baimo.yaml 里，而当前文件夹里没有 baimo.yaml"],
    [
      true,
      "en",
      "providers of your own stand in baimo.yaml, and there is no baimo.yaml in this folder; one lies in ../.. (cd ../..)",
    ],
  ] as const) {
    const ended = await baimoHere(emptyFolder(above), [...args, "--lang", lang]);
    const said = ended.stdout + ended.stderr;
    expect([ended.code, said]).toEqual([code, expect.stringContaining(words)]);
  }
});
