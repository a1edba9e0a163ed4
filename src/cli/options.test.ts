import { describe, expect, test } from "vitest";

import { UserError } from "../domain/text.ts";
import { loadPlugin, pluginIds } from "../plugins.ts";
import {
  amount,
  choice,
  type Command,
  defaultsOf,
  flag,
  flagName,
  list,
  number,
  points,
  readOptions,
  text,
} from "./options.ts";
import { globalOptions, shared } from "./shared-options.ts";

const help = { zh: "", en: "" };
const table = {
  maxCost: amount(help),
  limit: { ...number(help, { whole: true, least: 1 }, null), short: "l" },
  port: number(help, { whole: true, least: 0, most: 9 }, 7),
  margin: points(help, { least: 0, most: 100 }, 0.05),
  format: choice(help, ["md", "csv"], "md"),
  model: list(help),
  dryRun: flag(help),
  out: text(help),
};
const read = (...args: readonly string[]) => readOptions("run", table, args);

test("what is not given", () => {
  const absent = {
    maxCost: null,
    limit: null,
    port: 7,
    margin: 0.05,
    format: "md",
    model: [],
    dryRun: false,
    out: null,
    positionals: [],
  };
  expect(read()).toEqual(absent);
  expect(defaultsOf(table)).toEqual(absent);
});

test("what is given; a list keeps all", () => {
  expect(read("--format", "markdown").format).toBe("md");
  expect(
    read("a", "--max-cost=20 元", "-l", "3", "--port", "0", "--margin", "2.5%", "--dry-run", "b"),
  ).toMatchObject({
    maxCost: { amount: 20, currency: "CNY" },
    limit: 3,
    port: 0,
    margin: 0.025,
    dryRun: true,
    positionals: ["a", "b"],
  });
  expect(read("--out", "x", "--model", "a", "--model", "b")).toMatchObject({
    out: "x",
    model: ["a", "b"],
  });
  // The same twice says one thing.
  expect(read("--limit", "3", "-l", "3", "--dry-run", "--dry-run")).toMatchObject({
    limit: 3,
    dryRun: true,
  });
});

test("every option of every command: several values are all read, or refused", async () => {
  for (const name of pluginIds("cli/commands")) {
    const command = await loadPlugin<Command>("cli/commands", name);
    const options = command?.options ?? {};
    for (const [key, option] of Object.entries({ ...options, ...globalOptions })) {
      if (option.takes === "nothing") continue;
      const read = (...given: readonly string[]): unknown =>
        Reflect.get(
          readOptions(
            name,
            { [key]: option },
            given.map((each) => `--${flagName(key)}=${each}`),
          ),
          key,
        );
      if (option.takes === "text") {
        expect(() => read("7", "8"), `${name} --${key}`).toThrow(/7.*8/);
        continue;
      }
      const [both, first, last] = [read("a=1", "b=2"), read("a=1"), read("b=2")];
      expect(both, `${name} --${key}`).not.toEqual(first);
      expect(both, `${name} --${key}`).not.toEqual(last);
    }
  }
});

test("clauses of a repeated --filter come together", () => {
  const { filter } = readOptions("run", { filter: shared.filter }, [
    "--filter",
    "tag=易",
    "--filter",
    "id=i0*",
  ]);
  expect(filter).toBe("tag=易 id=i0*");
});

describe("what is refused names the option, what it takes and what it got", () => {
  test.each([
    [["--max-cost", "20"], '--max-cost 应是金额加币种，例如 20CNY，得到 "20"'],
    [["--max-cost=-1CNY"], '--max-cost 应是金额加币种，例如 20CNY，得到 "-1CNY"'],
    [["--limit", "0"], '--limit 应是不小于 1 的整数，得到 "0"'],
    [["--limit", "1.5"], '--limit 应是不小于 1 的整数，得到 "1.5"'],
    [["--limit", "x"], '--limit 应是不小于 1 的整数，得到 "x"'],
    [["--port", "10"], '--port 应是 0 到 9 的整数，得到 "10"'],
    [["--margin", "101"], '--margin 应是 0 到 100 的数，得到 "101"'],
    [["--format", "pdf"], '--format 应是 md、csv 之一，得到 "pdf"'],
    [["--out", "x", "--out", "y"], '--out 只能给一次，得到 "x" 和 "y"'],
    [["--format", "md", "--format", "csv"], '--format 只能给一次，得到 "md" 和 "csv"'],
    [["--out", ""], '--out 需要一个值，得到 ""'],
    [["--limt", "1"], "--limt"],
    [["--limit"], "--limit"],
    [["--dry-run=yes"], "--dry-run"],
  ])("%j", (args, says) => {
    const refusal = (): unknown => {
      try {
        return read(...args);
      } catch (error) {
        return error instanceof UserError ? error.text.zh : error;
      }
    };
    expect(refusal()).toContain(says);
  });
});
