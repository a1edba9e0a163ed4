import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { newFolder, runCommand } from "../testing/command-context.ts";
import { baimo } from "../testing/process.ts";
import { command as check } from "./check.ts";
import { command } from "./init.ts";
import { command as run } from "./run.ts";

const own = { url: "http://127.0.0.1:8000/v1", model: "my-model", "key-env": "MY_KEY" };

test.each(["zh", "en"] as const)(
  "what it writes in %s is valid and can be planned",
  async (lang) => {
    const folder = newFolder();
    const env = { MY_KEY: "k" };
    const made = await runCommand(command, folder, [], own, { lang, env });
    expect(made.code).toBe(0);
    expect(made.text).toContain("✓ MY_KEY (mine)");
    expect(await runCommand(check, folder, [])).toMatchObject({ code: 0 });
    const plan = await runCommand(run, folder, [], { "dry-run": true }, { env });
    expect(plan.code).toBe(0);
    expect(plan.text).toContain("mine/my-model");
    expect(plan.text).toContain("my-suite (4)");
  },
);

test("without a server of one's own, vendors whose keys are set become targets", async () => {
  const folder = newFolder();
  const env = { DEEPSEEK_API_KEY: "k" };
  const made = await runCommand(command, folder, [], {}, { env });
  expect(made.text).toContain("✓ DEEPSEEK_API_KEY (deepseek)");
  const config = readFileSync(join(folder, "baimo.yaml"), "utf8");
  expect(config).toMatch(/^ {2}- "deepseek\//m);
  expect(config).toContain("# providers:");
  expect(await runCommand(check, folder, [])).toMatchObject({ code: 0 });
});

test("it never writes over a file, and then leaves the other one alone too", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "baimo.yaml"), "mine\n");
  const made = await runCommand(command, folder, []);
  expect(made).toMatchObject({ code: 2 });
  expect(made.error).toContain("baimo.yaml 已存在");
  expect(readFileSync(join(folder, "baimo.yaml"), "utf8")).toBe("mine\n");
  expect(() => readFileSync(join(folder, "suites", "my-suite.yaml"))).toThrow("ENOENT");
});

test.each([
  [{ url: "http://127.0.0.1:8000/v1" }, "--url 和 --model 要一起给"],
  [{ url: "127.0.0.1", model: "m" }, "不是 http"],
  [{ url: "http://h/v1", model: "m", "key-env": "sk-123" }, "不是密钥本身"],
])("refuses %j", async (values, words) => {
  const made = await runCommand(command, newFolder(), [], values);
  expect(made.code).toBe(2);
  expect(made.error).toContain(words);
});

/** Through the program as it ships: in-house graders are loaded by Node itself. */
test.each(["zh", "en"])(
  "--grader writes a grader that works in a folder of its own, in %s",
  async (lang) => {
    const folder = newFolder();
    const words = ["--lang", lang];
    expect(await baimo(folder, ["init", "--grader", "points-of-ours", ...words])).toMatchObject({
      code: 0,
      stderr: "",
    });
    const checked = await baimo(folder, ["check", "suites/points-of-ours.yaml"]);
    expect(checked).toMatchObject({ code: 0, stderr: "" });
    const suite = join(folder, "suites", "points-of-ours.yaml");
    writeFileSync(suite, readFileSync(suite, "utf8").replace("pass: 1", "pas: 1"));
    const mistyped = await baimo(folder, ["check", "suites/points-of-ours.yaml"]);
    expect(mistyped.code).toBe(2);
    expect(mistyped.stdout + mistyped.stderr).toContain('未知的键 "pas"；是否应为 "pass"？');
  },
);

test("--grader leaves a config alone and says what belongs into it", async () => {
  const folder = newFolder();
  const config = "schema: baimo/1\n";
  writeFileSync(join(folder, "baimo.yaml"), config);
  const made = await runCommand(command, folder, [], { grader: "mine" });
  expect(made).toMatchObject({ code: 0 });
  expect(made.text).toContain("graders:\n  mine: graders/mine.mjs");
  expect(readFileSync(join(folder, "baimo.yaml"), "utf8")).toBe(config);
  expect(await runCommand(command, folder, [], { grader: "mine" })).toMatchObject({ code: 2 });
});

test.each([
  [{ grader: "exact" }, "是内置的评分器"],
  [{ grader: "a/b" }, "不能作评分器的 id"],
  [{ grader: "a", url: "http://h/v1", model: "m" }, "--grader 不与"],
])("refuses %j beside a grader", async (values, words) => {
  const made = await runCommand(command, newFolder(), [], values);
  expect(made.code).toBe(2);
  expect(made.error).toContain(words);
});
