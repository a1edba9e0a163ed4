import { expect, test } from "vitest";

import { commandTable } from "../command-table.ts";
import { readOptions } from "../options.ts";
import { globalOptions } from "../shared-options.ts";
import { inProcess } from "../testing/process.ts";
import { commandIn, loadCommand } from "./command-name.ts";
import { examples } from "./examples.ts";

test.each(Object.keys(commandTable))("%s has an example in its --help", async (name) => {
  const own = examples[name] ?? [];
  expect(own.length).toBeGreaterThan(0);
  for (const lang of ["zh", "en"] as const) {
    const { stdout } = await inProcess(".", [...name.split(" "), "--help", "--lang", lang]);
    const rows = stdout.replaceAll(/ +# /g, " # ");
    for (const { line, purpose } of own) expect(rows).toContain(`${line} # ${purpose[lang]}`);
  }
});

test("no example is of a command that does not exist", () => {
  expect(Object.keys(examples).filter((name) => !(name in commandTable))).toEqual([]);
});

const lines = Object.entries(examples).flatMap(([name, own]) =>
  own.map(({ line }) => [line, name] as const),
);

test.each(lines)("%s is read by its command's options", async (line, name) => {
  const words = (/baimo ([^>)]+)/.exec(line)?.[1] ?? "").trim().split(" ");
  const { name: named, rest } = commandIn(words);
  expect(named).toBe(name);
  const command = await loadCommand(name);
  const table = { ...command?.options, ...globalOptions };
  expect(readOptions(name, table, rest)).toHaveProperty("positionals");
});
