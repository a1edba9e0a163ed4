import { spawnSync } from "node:child_process";

import { describe, expect, test } from "vitest";

import { commandTable } from "../command-table.ts";
import { flagName } from "../options.ts";
import { inProcess } from "../testing/process.ts";
import { loadCommand } from "./command-name.ts";
import { completionScript, shells } from "./completion.ts";

const bash = await completionScript("bash", "en");

/** What bash offers after these words, of which the last is being typed. */
function offered(words: readonly string[]): readonly string[] {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const typed = `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _baimo; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", `${bash}\n${typed}`], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((word) => word !== "");
}

describe("bash", () => {
  test("offers the commands, also after --lang", () => {
    const firsts = Object.keys(commandTable).map((name) => name.split(" ")[0] ?? "");
    const all = [...new Set(firsts), "help"].toSorted();
    expect(offered(["baimo", ""]).toSorted()).toEqual(all);
    expect(offered(["baimo", "--lang", "en", ""]).toSorted()).toEqual(all);
    expect(offered(["baimo", "le"])).toEqual(["leaderboard"]);
  });

  test.each(Object.keys(commandTable))("offers every option of %s", async (name) => {
    const command = await loadCommand(name);
    const flags = Object.keys(command?.options ?? {}).map((each) => `--${flagName(each)}`);
    expect(offered(["baimo", ...name.split(" "), "--"])).toEqual(
      expect.arrayContaining([...flags, "--help", "--lang"]),
    );
  });

  test.each([
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
  ])("%j → %j", (words, expected) => {
    expect(offered(words)).toEqual(expected);
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
