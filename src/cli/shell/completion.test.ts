import { spawnSync } from "node:child_process";

import { describe, expect, test } from "vitest";

import { commandTable } from "../command-table.ts";
import { flagName } from "../options.ts";
import { inProcess } from "../testing/process.ts";
import { loadCommand } from "./command-name.ts";
import { completionScript, shells } from "./completion.ts";

const bash = await completionScript("bash", "en");

/** What bash offers after each of these lines of words, of which the last word is being typed. */
function offeredEach(lines: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const typed = lines.map((words) => {
    const quoted = words.map((word) => `'${word}'`).join(" ");
    return `COMPREPLY=(); COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _baimo; printf '%s\\n' "\${COMPREPLY[@]}"; echo =`;
  });
  const script = [bash, ...typed].join("\n");
  const { stdout, stderr } = spawnSync("bash", ["--norc"], { encoding: "utf8", input: script });
  expect(stderr).toBe("");
  const offers = stdout.split("=\n").slice(0, -1);
  return offers.map((each) => each.split("\n").filter((word) => word !== ""));
}
const offered = (words: readonly string[]): readonly string[] => offeredEach([words])[0] ?? [];

describe("bash", () => {
  test("offers the commands, also after --lang", () => {
    const firsts = Object.keys(commandTable).map((name) => name.split(" ")[0] ?? "");
    const all = [...new Set(firsts), "help"].toSorted();
    expect(offered(["baimo", ""]).toSorted()).toEqual(all);
    expect(offered(["baimo", "--lang", "en", ""]).toSorted()).toEqual(all);
    expect(offered(["baimo", "le"])).toEqual(["leaderboard"]);
  });

  test("offers every option of every command", async () => {
    const names = Object.keys(commandTable);
    const offers = offeredEach(names.map((name) => ["baimo", ...name.split(" "), "--"]));
    expect(offers).toHaveLength(names.length);
    for (const [at, name] of names.entries()) {
      const command = await loadCommand(name);
      const flags = Object.keys(command?.options ?? {}).map((each) => `--${flagName(each)}`);
      expect(offers[at], name).toEqual(expect.arrayContaining([...flags, "--help", "--lang"]));
    }
  });

  const typed: [readonly string[], readonly string[]][] = [
    [["baimo", "leaderboard", "--format", "m"], ["md"]],
    [
      ["baimo", "--lang", ""],
      ["zh", "en"],
    ],
    [["baimo", "run", "--lang", "e"], ["en"]],
    [["baimo", "completion", ""], [...shells]],
    [["baimo", "export", "qu"], ["questions"]],
    [["baimo", "import", "ce"], ["ceval"]],
    [["baimo", "help", "docto"], ["doctor"]],
    // Files, which bash itself offers.
    [["baimo", "leaderboard", "res"], []],
    [["baimo", "leaderboard", "-o", "-"], []],
    [
      ["baimo", "nonsense", "--"],
      ["--lang", "--help", "--version"],
    ],
  ];

  test("offers what fits where a word is begun", () => {
    expect(offeredEach(typed.map(([words]) => words))).toEqual(typed.map(([, offer]) => offer));
  });
});

test("zsh has every command with its summary and every option with its help", async () => {
  const script = await completionScript("zsh", "zh");
  expect(script).toMatch(/^#compdef baimo\n/);
  for (const [name, { summary }] of Object.entries(commandTable)) {
    expect(script).toContain(`'${name.split(" ")[0] ?? ""}:`);
    expect(script).toContain(summary.zh.replaceAll(":", String.raw`\:`));
    const command = await loadCommand(name);
    for (const option of Object.keys(command?.options ?? {})) {
      expect(script).toContain(`--${flagName(option)}[`);
    }
  }
  for (const words of ["completion:(bash zsh)", "export:(questions suite run)", "help:(init "]) {
    expect(script).toContain(`'1:${words}`);
  }
  // No quote of a help text ends the shell's own.
  expect(spawnSync("bash", ["-n"], { input: script }).status).toBe(0);
});

test.each([[[]], [["fish"]], [["bash", "zsh"]]])("completion %j names the shells", async (args) => {
  const { code, stderr } = await inProcess(".", ["completion", ...args, "--lang", "en"]);
  expect(code).toBe(2);
  expect(stderr).toContain(shells.join(", "));
});
