import { expect, test } from "vitest";

import type { Command } from "./command.ts";

import { commands, languageOf } from "./main.ts";
import { inProcess } from "./testing/process.ts";

test.each(Object.keys(commands))("%s says of itself what the overview says", async (name) => {
  const { command } = (await import(`./commands/${name}.ts`)) as { command: Command };
  expect(command.summary).toEqual(commands[name]);
  const help = await inProcess(process.cwd(), [name, "--help"]);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain(`baimo ${name}`);
  for (const flag of Object.keys(command.options)) expect(help.stdout).toContain(`--${flag}`);
});

test("no argument, --help and help print the overview", async () => {
  const pages = await Promise.all([[], ["--help"], ["help"]].map((args) => inProcess(".", args)));
  expect(new Set(pages.map(({ stdout }) => stdout)).size).toBe(1);
  for (const name of Object.keys(commands)) expect(pages[0]?.stdout).toContain(`  ${name}`);
});

const languages = [
  [[], { LANG: "zh_CN.UTF-8" }, "zh"],
  [[], { LANG: "en_US.UTF-8" }, "en"],
  [[], { LANG: "en_US.UTF-8", LC_ALL: "zh_TW.UTF-8" }, "zh"],
  [[], { LANG: "C.UTF-8" }, "zh"],
  [[], {}, "zh"],
  [["run", "--lang", "en"], { LANG: "zh_CN.UTF-8" }, "en"],
  [["run", "--lang=zh-CN"], { LANG: "en_US.UTF-8" }, "zh"],
] as const;

test.each(languages)("the language of %j in %j is %s", (args, env, lang) => {
  expect(languageOf(args, env)).toBe(lang);
});
