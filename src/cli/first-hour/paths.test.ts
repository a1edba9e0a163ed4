import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { builtinFolder } from "../../store/builtin.ts";
import { readOptions } from "../options.ts";
import { globalOptions } from "../shared-options.ts";
import { commandIn, loadCommand } from "../shell/command-name.ts";
import { startFastSimulator } from "../testing/fast-simulator.ts";
import { inProcess } from "../testing/process.ts";

// Every command that README and docs show is one that the program takes; the Chinese pages hold the same code.
const root = dirname(builtinFolder("suites"));
const pages = ["docs", "docs/graders", "."].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md") && !name.endsWith(".zh-CN.md"))
    .map((name) => join(folder, name)),
);

/** Lines of a shell, with those that go on joined and comments left out. */
const commandsOf = (page: string): readonly string[] =>
  Array.from(
    readFileSync(join(root, page), "utf8").matchAll(/^```sh\n([^]*?)^```$/gm),
    ([, code = ""]) => code.replaceAll(/\\\n\s*/g, " ").split("\n"),
  )
    .flat()
    .map((line) => line.replace(/(^|\s+)#.*$/, ""))
    .flatMap((line) => line.split(/&&|\||;|\$\(/))
    .flatMap((line) => {
      // Behind -t stands the name of an image.
      const words =
        /(?:^|(?<!-t)\s)(?:npm run -s baimo --|npx baimo|baimo)\s+(?![=:/.])(.+?)\s*[)&]*$/.exec(
          line,
        )?.[1];
      return words === undefined ? [] : [words.replace(/\s*\d?>.*$/, "")];
    });

const shown = pages.flatMap((page) =>
  [...new Set(commandsOf(page))].map((words) => [page, words] as const),
);

test("there are many of them", () => {
  expect(shown.length).toBeGreaterThan(100);
});

test.each(shown)("%s: baimo %s", async (_, words) => {
  const given = Array.from(
    words.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g),
    ([, a, b, c]) => a ?? b ?? c ?? "",
  );
  const { name, rest } = commandIn(given);
  if (name.startsWith("-") || name === "help") return;
  const command = await loadCommand(name);
  expect(command, `baimo ${name}`).not.toBeNull();
  expect(readOptions(name, { ...command?.options, ...globalOptions }, rest)).toBeDefined();
});

/** What somebody does in the first hour, in an empty folder and in this order; with the code that each ends with. */
const hour: readonly (readonly [string, number])[] = [
  ["--help", 0],
  ["--version", 0],
  ["run --help", 0],
  ["help ping", 0],
  ["providers", 0],
  ["models", 0],
  ["models --provider deepseek", 0],
  ["plan --help", 0],
  ["run --dry-run", 0],
  ["suites", 0],
  ["check starter", 0],
  ["init", 0],
  ["init", 2],
  ["check", 0],
  ["check suites/my-suite.yaml", 0],
  ["ping -m sim/baicao", 0],
  ["ping -m baseline/random", 0],
  ["run my-suite -m baseline/random --reporter log --out a.jsonl", 0],
  ["run my-suite -m sim/baicao -m sim/xiliu --reporter log -o b.jsonl", 0],
  ["run --resume b.jsonl --reporter log", 0],
  ["leaderboard b.jsonl", 0],
  ["leaderboard b.jsonl --wide", 0],
  ["leaderboard b.jsonl --format csv", 0],
  ["leaderboard b.jsonl --format json -o b.json", 0],
  ["leaderboard a.jsonl b.jsonl", 0],
  ["review b.jsonl --wrong", 0],
  ["review b.jsonl", 2],
  ["items b.jsonl", 0],
  ["cost --sample", 0],
  ["cost b.jsonl", 2],
  ["score b.jsonl", 0],
  ["compare a.jsonl b.jsonl", 2],
  ["report b.jsonl -o b.html", 0],
  ["report b.jsonl --format json -o report.json", 0],
  ["export run b.jsonl -o answers.csv", 0],
  ["export suite my-suite -o mine.csv", 2],
  ["merge a.jsonl b.jsonl -o c.jsonl", 2],
  ["completion bash", 0],
  ["completion zsh", 0],
  ["doctor", 0],
  ["run no-such-suite", 2],
  ["run -m nobody/nothing", 2],
  ["runn", 2],
  ["run --limt 3", 2],
  ["leaderboard no-such.jsonl", 2],
  ["import xlsx no-such.xlsx -o x.yaml", 2],
];

test(`${hour.length} commands of a first hour, one after another in an empty folder`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "baimo-hour-"));
  const unlike: string[] = [];
  const { env, close } = await startFastSimulator("starter");
  onTestFinished(close);
  for (const [words, code] of hour) {
    const ended = await inProcess(folder, words.split(" "), {
      env: { LANG: "zh_CN.UTF-8", ...env },
    });
    const said = ended.stdout + ended.stderr;
    if (ended.code !== code || /内部出错|undefined|\[object/.test(said)) {
      unlike.push(`baimo ${words}: ${ended.code} (${said.slice(-300)})`);
    }
  }
  expect(unlike).toEqual([]);
});
