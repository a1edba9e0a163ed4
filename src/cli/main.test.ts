import { expect, test } from "vitest";

import { pluginIds } from "../plugins.ts";
import { commandTable } from "./command-table.ts";
import { languageOf } from "./main.ts";
import { flagName } from "./options.ts";
import { commandFile, loadCommand } from "./shell/command-name.ts";
import { inProcess } from "./testing/process.ts";

const names = Object.keys(commandTable);

test("the table has every command", () => {
  expect(names.map(commandFile).toSorted()).toEqual(pluginIds("cli/commands"));
});

test.each(names)("%s --help shows its summary and every option", async (name) => {
  const command = await loadCommand(name);
  const help = await inProcess(process.cwd(), [...name.split(" "), "--help"]);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain(commandTable[name]?.summary.zh);
  expect(help.stdout).toContain(`baimo ${name}`);
  for (const option of Object.keys(command?.options ?? {})) {
    expect(help.stdout).toContain(`--${flagName(option)}`);
  }
});

test("no argument, --help and help print the overview", async () => {
  const pages = await Promise.all([[], ["--help"], ["help"]].map((args) => inProcess(".", args)));
  expect(new Set(pages.map(({ stdout }) => stdout)).size).toBe(1);
  for (const name of names) expect(pages[0]?.stdout).toContain(`  ${name}`);
});

test.each([
  [["--lang", "en"], "Usage: baimo"],
  [["--lang=en", "--help"], "Usage: baimo"],
  [["--lang", "en", "leaderboard"], "Name at least one run file"],
  [["leaderboard", "--lang", "en"], "Name at least one run file"],
  [["--lang", "en", "rum"], 'there is no command rum; did you mean "run"?'],
])("%j speaks English: --lang stands before the command or after it", async (args, says) => {
  const { stdout, stderr } = await inProcess(".", args);
  expect(stdout + stderr).toContain(says);
});

const languages = [
  [[], { LANG: "zh_CN.UTF-8" }, "zh"],
  [[], { LANG: "en_US.UTF-8" }, "en"],
  [[], { LANG: "en_US.UTF-8", LC_ALL: "zh_TW.UTF-8" }, "zh"],
  [[], { LANG: "C.UTF-8" }, "zh"],
  [[], {}, "zh"],
  [["run", "--lang", "en"], { LANG: "zh_CN.UTF-8" }, "en"],
  [["--lang", "en", "run"], { LANG: "zh_CN.UTF-8" }, "en"],
  [["run", "--lang=zh-CN"], { LANG: "en_US.UTF-8" }, "zh"],
] as const;

test.each(languages)("the language of %j in %j is %s", (args, env, lang) => {
  expect(languageOf(args, env)).toBe(lang);
});

const wrong = [
  [
    ["run", "--modle", "x"],
    '没有 --modle 这个选项；是否应为 "--model"？',
    'did you mean "--model"?',
  ],
  [["run", "--limit", "-1"], "--limit=-1", "needs an equals sign"],
  [["run", "--limit"], "--limit 需要一个值", "--limit needs a value"],
  [["run", "--dry-run=yes"], "--dry-run 不带值", "--dry-run takes no value"],
  [["run", "-z"], "没有 -z 这个选项（", "there is no option -z ("],
  [["ping", "-c"], "没有 -c 这个选项；是否应为 --config？", "no option -c; did you mean --config?"],
  [["ping", "-f"], "是否应为 --force 或 --full？", "did you mean --force or --full?"],
] as const;

test.each(wrong)("%j says in each language what is wrong", async (args, zh, en) => {
  for (const [lang, said] of [
    ["zh", zh],
    ["en", en],
  ] as const) {
    const { code, stderr } = await inProcess(".", ["--lang", lang, ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    if (lang === "zh") expect(stderr).not.toMatch(/option|argument/);
  }
});

const misplaced = [
  [
    ["--json", "--version"],
    "only --lang, --help and --version may stand before a command; got --json",
  ],
  [["-v"], "got -v. A command's options go behind it"],
  [["help", "dcotor"], 'there is no command dcotor; did you mean "doctor"?'],
  [["--help", "dcotor"], 'there is no command dcotor; did you mean "doctor"?'],
  [["help", "export"], "baimo export needs a second word: baimo export questions"],
  [["help", "--jsno"], "there is no option --jsno (baimo --help lists the options)"],
] as const;

test.each(misplaced)("%j is no overview, and says why", async (args, said) => {
  const { code, stdout, stderr } = await inProcess(".", ["--lang", "en", ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(said);
});

test.each([
  [["--lang"]],
  [["--lang", "fr"]],
  [["--lang=fr", "--help"]],
  [["models", "--lang", "fr"]],
])("a language that is not there is refused: %j", async (args) => {
  const { code, stderr } = await inProcess(".", args);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^--lang (?:需要一个值|应是 zh 或 en，得到 "fr")/);
});

test("`help run` and `--help run` are `run --help`", async () => {
  const pages = await Promise.all(
    [
      ["run", "--help"],
      ["help", "run"],
      ["--help", "run"],
    ].map((args) => inProcess(".", args)),
  );
  expect(pages[0]?.stdout).toContain("baimo run");
  for (const page of pages) expect(page).toEqual(pages[0]);
});
