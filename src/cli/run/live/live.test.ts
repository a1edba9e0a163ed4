import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { beforeEach, expect, test } from "vitest";

import type { RunFileLine } from "../../../domain/run-file/lines.ts";

import {
  answerLine,
  endLine,
  itemLine,
  runLine,
  scoreLine,
  targetEntry,
} from "../../../report/testing/lines.ts";
import { doneOf } from "../../../report/view/totals.ts";
import { contextIn, newFolder, writeRun } from "../../testing/command-context.ts";
import { conclude } from "../conclusion.ts";
import { openLive } from "./live.ts";
import { reporterName } from "./reporter.ts";

const target = "qwen/qwen-plus";
const items = ["s/idiom/a", "s/idiom/b"];
const many = 1_000_000;
const lines: readonly RunFileLine[] = [
  runLine([target]),
  ...items.flatMap((item) => [
    itemLine(item),
    answerLine({ item, target }),
    scoreLine({ item, target }, item.endsWith("a") ? "right" : "wrong"),
  ]),
];

let folder = "";
beforeEach(() => {
  folder = newFolder();
});

test("nobody is shown an interface that would keep a million answers, unless it is asked for", () => {
  const terminal = { isTTY: true, env: {} };
  expect(reporterName(null, 200_000, terminal)).toBe("tui");
  expect(reporterName(null, many, terminal)).toBe("log");
  expect(reporterName("tui", many, terminal)).toBe("tui");
  expect(reporterName(null, 10, { isTTY: false, env: {} })).toBe("log");
});

test("a large run goes on with the sums of its file, and a small one with its answers", async () => {
  const file = join(folder, writeRun(folder, "r.jsonl", lines));
  const large = await openLive("log", many, file);
  const small = await openLive("log", 2, file);
  expect(large.view).toBeNull();
  expect(small.view?.answerKeys.size).toBe(2);
  expect(large.sums.targets[0]?.totals).toEqual(small.sums.targets[0]?.totals);
  expect(large.sums.targets[0]?.totals).toMatchObject({ answers: 2, counted: 2, value: 1 });
  expect((await openLive("tui", many, file)).view).not.toBeNull();
});

test.each(["log", "tui"] as const)(
  "what is asked again is not done until it is answered: %s",
  async (reporter) => {
    const failed = answerLine({ item: "s/idiom/c", target, outcome: "timeout", text: "" });
    const file = join(folder, writeRun(folder, "r.jsonl", [...lines, failed]));
    const { sums, take } = await openLive(reporter, many, file, new Map([[target, 2]]));
    const done = (): number => sums.targets.reduce((sum, target) => sum + doneOf(target), 0);
    expect(done()).toBe(2);
    take({ kind: "asking", key: failed.key, target });
    expect(done()).toBe(2);
    take(answerLine({ item: "s/idiom/c", target }));
    expect(done()).toBe(3);
  },
);

/** Ends a run of `answers` that kept sums alone. */
async function concluded(
  file: string,
  answers: number,
  more: Parameters<typeof contextIn>[2] & { junit?: string } = {},
) {
  const { junit = null, ...terminal } = more;
  const printed: string[] = [];
  const context = contextIn(folder, printed, { lang: "en", columns: 100, ...terminal });
  const live = await openLive("log", many, null);
  const { settings } = runLine([target]);
  const setup = { config: null, settings, targets: [] };
  const ended = { file: join(folder, file), live, end: endLine({ answers }) };
  const code = await conclude(ended, setup, { junit, report: null }, context);
  return { code, text: printed.join("\n") };
}

test("the leaderboard of a run that kept sums alone is read from its file", async () => {
  const { code, text } = await concluded(writeRun(folder, "r.jsonl", lines), 2);
  expect(code).toBe(0);
  expect(text).toContain("50.0");
  expect(text).toContain("baimo leaderboard r.jsonl --wide");
});

test("a board that is longer than a screen is followed by what it says; a short one is not", async () => {
  const short = await concluded(writeRun(folder, "short.jsonl", lines), 2);
  expect(short.text).not.toContain("In short");
  const names = Array.from({ length: 16 }, (_, index) => `m/m${index}`);
  const long = [
    runLine(names),
    itemLine("s/t/1"),
    ...names.flatMap((ref) => [
      answerLine({ item: "s/t/1", target: ref }),
      scoreLine({ item: "s/t/1", target: ref }, "right"),
    ]),
    endLine(),
  ];
  const { text } = await concluded(writeRun(folder, "long.jsonl", long), 16);
  const [first = ""] = text.trim().split("\n");
  expect(text).toContain(`In short (the table is above): ${first}`);
});

test("on a terminal the last sentences break between words, and each command keeps to one line", async () => {
  const file = writeRun(folder, "a-name-that-is-rather-long-as-names-of-runs-are.jsonl", lines);
  const { text } = await concluded(file, 2, { columns: 40, env: { COLUMNS: "40" } });
  const last = text.slice(text.indexOf("Run file")).split("\n");
  expect(
    last.filter((line) => line.length > 40).map((line) => line.split(" ", 2).join(" ")),
  ).toEqual(["baimo report", "baimo review", "baimo leaderboard"]);
  expect(last).toContain(`baimo report ${file}`);
  expect(last.join(" ")).toContain("which are wrong and why (a page):");
});

test("of a million answers the command that shows it is named, and the file is not read", async () => {
  // A folder cannot be read as a run file.
  mkdirSync(join(folder, "r.jsonl"));
  const { code, text } = await concluded("r.jsonl", many);
  expect(code).toBe(0);
  expect(text).toContain("1000000 answers");
  expect(text).toMatch(/^baimo leaderboard r\.jsonl$/m);
});

test("a report that needs the answers of a million has them read", async () => {
  await concluded(writeRun(folder, "r.jsonl", lines), many, { junit: "r.xml" });
  expect(readFileSync(join(folder, "r.xml"), "utf8")).toContain("qwen/qwen-plus");
});

test("where nothing is ranked the end points upwards for the reasons", async () => {
  const names = Array.from({ length: 16 }, (_, index) => `m/m${index}`);
  const file = writeRun(folder, "none.jsonl", [
    runLine(names),
    itemLine("s/t/1"),
    itemLine("s/t/2"),
    ...names.flatMap((ref) => [
      answerLine({ item: "s/t/1", target: ref }),
      scoreLine({ item: "s/t/1", target: ref }, "right"),
      answerLine({ item: "s/t/2", target: ref, outcome: "server" }),
    ]),
    endLine(),
  ]);
  const { text } = await concluded(file, 32);
  expect(text.trim()).toMatch(/^No target can be ranked \(coverage too low\); see below why\./u);
  expect(text).toContain(
    "In short (the table is above): No target can be ranked (coverage too low); see above why.",
  );
});

test("where nobody answered there is no board, whatever a baseline guessed", async () => {
  const file = writeRun(folder, "none.jsonl", [
    runLine(["m/m", targetEntry("baseline/random", { baseline: true })]),
    itemLine("s/t/1"),
    answerLine({ item: "s/t/1", target: "m/m", outcome: "server" }),
    answerLine({ item: "s/t/1", target: "baseline/random" }),
    scoreLine({ item: "s/t/1", target: "baseline/random" }, "wrong"),
    endLine(),
  ]);
  const { text } = await concluded(file, 2);
  expect(text.trim().split("\n\n")[0]).toBe("There is no answer, and so no leaderboard.");
  expect(text).not.toMatch(/baseline|Rank|95%/u);
});
