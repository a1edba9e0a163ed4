import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import type { RunFileLine } from "../domain/run-file/lines.ts";

import {
  answerLine,
  endLine,
  itemLine,
  runLine,
  scoreLine,
  targetEntry,
} from "../report/testing/lines.ts";
import { newFolder, writeRun } from "./testing/command-context.ts";
import { inProcess } from "./testing/process.ts";

/** Everything that a terminal, a page, a sheet or a chat could obey. */
const evil = [
  "\u001B[31m\u001B]0;owned\u0007\u009B2J\u202Etxt\u202C\u2066\u200B\u0085\u2028",
  "[click](http://e.vil)![p](x)<img src=x onerror=alert(1)><!--|`code`**b**~~s~~&#60;script&#62;",
  "\r\n# headline\n- item\n::error title=x::y%0A\n</td></testcase>\"'=cmd|,;@all",
].join("");

const target = `ven/${evil}`;
const other = "ven/tame";

function linesOf(right: number): readonly RunFileLine[] {
  const size = { items: 40, per_target: 40, answers: 80 };
  const head = runLine([targetEntry(target, { vendor: { zh: evil, en: evil } }), other], {
    id: `run ${evil}`,
    size,
    suites: runLine([]).suites.map((suite) => ({ ...suite, title: evil })),
  });
  const lines: RunFileLine[] = [head];
  for (let index = 0; index < 40; index += 1) {
    const item = `s/t${index % 2}/${index} ${evil}`;
    lines.push(itemLine(item, { dimension: ["语文", evil], tags: [evil] }));
    for (const ref of [target, other]) {
      const failed = index === 39;
      lines.push(
        answerLine({
          item,
          target: ref,
          outcome: failed ? "server" : "ok",
          text: evil,
          call: { model_returned: evil, finish: { reason: "other", raw: evil } },
        }),
      );
      const result = index < right ? "right" : "wrong";
      if (!failed) lines.push({ ...scoreLine({ item, target: ref }, result), extracted: evil });
    }
  }
  return [...lines, endLine({ answers: 80, failed: 2 })];
}

let folder = "";
beforeAll(() => {
  folder = newFolder();
  writeRun(folder, "a.jsonl", linesOf(30));
  writeRun(folder, "b.jsonl", linesOf(10));
  writeFileSync(join(folder, "baimo.yaml"), "schema: baimo/1\ngate: {max_error_rate: 0.001}\n");
  writeFileSync(
    join(folder, "board.yaml"),
    `schema: board/1\nid: b\ntitle: ${JSON.stringify(evil)}\nmembers: [{suite: s}]\n`,
  );
});

const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const { stdout, stderr } = await inProcess(folder, args, {
    env: { LANG: "zh_CN.UTF-8", ...env },
  });
  expect(stderr).not.toContain("内部出错");
  expectHarmless(stderr);
  return stdout;
};

/** To a file, so that nothing but the renderer makes it harmless. */
const written = async (args: readonly string[]): Promise<string> => {
  const file = join(folder, "out.txt");
  await run([...args, "-o", file]);
  return readFileSync(file, "utf8");
};

function expectHarmless(text: string): void {
  const shown = text.replace(/^\uFEFF/, "").replaceAll(/[\r\n\t]/g, "");
  expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029\u200B]/u);
}

/** What would still be code, HTML, a link or an entity once escaped signs are out. */
const markup = /[<`]|~~|\*\*|\]\(|&#/;

const boards = ["leaderboard", "a.jsonl", "--board", "board.yaml"];
const compare = ["compare", "a.jsonl", "b.jsonl", "--force"];

describe.each([
  ["leaderboard", boards],
  ["compare", compare],
])("%s", (_, args) => {
  test("terminal: one line stays one line", async () => {
    for (const text of [await run(args), await written(args)]) {
      expectHarmless(text);
      expect(text).toContain("txt");
      expect(text).not.toMatch(/^(?:# headline|- item|::error)/m);
    }
  });

  test("Markdown: headline, tables and footers", async () => {
    const text = await written([...args, "--format", "md"]);
    expectHarmless(text);
    const bare = text.replaceAll(/\\[!-/:-@[-`{-~]/g, "");
    expect(bare).toContain("txt");
    expect(bare).not.toMatch(markup);
    expect(bare).not.toMatch(/^(?:# headline|- item)/m);
    for (const row of bare.split("\n").filter((line) => line.startsWith("|"))) {
      expect(row).toMatch(/\|$/);
    }
  });

  // What a browser makes of it: browser/hostile.test.ts.
  test("HTML: text is text", async () => {
    const text = await written([...args, "--format", "html"]);
    expectHarmless(text);
    expect(text).not.toContain("<img src=x");
    expect(text).toContain("&#60;img src=x onerror=alert(1)&#62;");
  });

  test("JSON: the same value, spelt out", async () => {
    const text = await run([...args, "--format", "json"]);
    expectHarmless(text);
    expect(JSON.stringify(JSON.parse(text))).toContain(JSON.stringify(target).slice(1, -1));
  });
});

test("CSV: a cell is a cell, and no formula", async () => {
  const text = await written([...boards, "--format", "csv"]);
  expectHarmless(text);
  expect(text).toContain('""\'=cmd');
  expect(text.split("\r\n").filter((line) => /^(?:[=+@]|-[^,\d])/.test(line))).toEqual([]);
});

test("gate: terminal, JUnit, step summary and annotations", async () => {
  const summary = join(folder, "summary.md");
  writeFileSync(summary, "");
  const junit = join(folder, "junit.xml");
  const text = await run(["gate", "a.jsonl", "--junit", junit], {
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_ACTIONS: "true",
  });
  expectHarmless(text);
  for (const line of text.split("\n").filter((each) => each.startsWith("::"))) {
    expect(line).toMatch(/^::(?:error|warning|notice) title=[^:,]*::/);
    expect(line).not.toContain("y%0A");
  }
  const xml = readFileSync(junit, "utf8");
  expectHarmless(xml);
  expect(xml).toContain("&lt;/td&gt;&lt;/testcase&gt;&quot;&apos;");
  expect(xml.match(/<\/testsuite>/g)?.length).toBe(xml.match(/<testsuite /g)?.length);
  const page = readFileSync(summary, "utf8");
  expectHarmless(page);
  expect(page.replaceAll(/\\[!-/:-@[-`{-~]/g, "").replace(/^\*\*(.*)\*\*$/m, "$1")).not.toMatch(
    markup,
  );
});

test("nightly: terminal, Markdown, JSON", async () => {
  const history = join(folder, "nights");
  await run([
    "nightly",
    "--board",
    "board.yaml",
    "--history",
    folder,
    "--no-run",
    "--publish",
    history,
  ]);
  const page = readFileSync(join(history, "b.md"), "utf8");
  expectHarmless(page);
  // The headline, and the link to the data, are our own.
  const bare = page
    .replaceAll(/\\[!-/:-@[-`{-~]/g, "")
    .replace(/^\*\*(.*)\*\*$/m, "$1")
    .replace("[b.json](b.json)", "");
  expect(bare).not.toMatch(markup);
  const data = readFileSync(join(history, "b.json"), "utf8");
  expectHarmless(data);
  expect(data).toContain(String.raw`\u202etxt`);
});
