import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, inject, test } from "vitest";
import { z } from "zod";

import type { GoldTurn, ItemLine } from "../../../domain/run-file/lines.ts";
import type { ParsedSuite } from "../suites.ts";

import { itemLine } from "../../../domain/prompt.ts";
import { ladderLevels } from "../../../domain/variables/levels.ts";
import { cellsOf } from "../../../domain/variables/matrix.ts";
import { gradeSample } from "../../../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../../../grading/graders.ts";
import { plain } from "../../../text/normalise.ts";
import { builtinFolder } from "../../builtin.ts";
import { openGraders } from "../../graders.ts";
import { checkSuite } from "../check-suite.ts";
import { eachItem } from "../items.ts";
import { parseSuite } from "../suites.ts";

const folder = builtinFolder("suites");
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const suites = await Promise.all(files.map((name) => parseSuite(join(folder, name))));
const written = await Promise.all(
  suites.map(async (suite) => [suite.suite.id, await linesOf(suite)] as const),
);
const lines = written.flatMap(([, each]) => each);

/**
 * Banks of programs take minutes to prove. The matrix does by the check, which runs every reference and every mutant; here
 * they are held to their form. There, a few of their items are graded like any reply, too. How long the proofs take is up
 * to what else the machine does.
 */
const isBank = (id: string): boolean => /^code(?:-|$)|^enterprise-sql$/.test(id);
const graded = written
  .filter(([id]) => !isBank(id) || inject("matrix"))
  .map(([id, each]) => [id, isBank(id) ? each.filter((_, at) => at % 25 === 0) : each] as const);
const proofTimeout_ms = 3_600_000;

/** The suite with one item of each kind that it draws, at two levels of a ladder; in the matrix with all. */
function tried(suite: ParsedSuite): ParsedSuite {
  if (inject("matrix")) return suite;
  const tasks = suite.suite.tasks.map((task) =>
    "generate" in task.items
      ? { ...task, items: { ...task.items, n: 1, ...twoLevels(task.items.levels) } }
      : task,
  );
  return { ...suite, suite: { ...suite.suite, tasks } };
}

/** The easiest level and one in the middle: items of the hardest take longest to draw. */
function twoLevels(levels: Parameters<typeof ladderLevels>[0]) {
  const all = ladderLevels(levels);
  return all.length < 3
    ? {}
    : { levels: [0, Math.floor(all.length / 2)].flatMap((at) => all[at] ?? []) };
}

describe.each(suites)("$suite.id", (suite) => {
  test("passes the check for users' suites", { timeout: proofTimeout_ms }, async () => {
    const depth = isBank(suite.suite.id) && !inject("matrix") ? "shape" : "proofs";
    expect(await checkSuite(tried(suite), openGraders(null), {}, depth)).toEqual([]);
  });

  test("names its schema, its canary, its licence and its source", () => {
    const [first, second] = readFileSync(suite.file, "utf8").split("\n");
    expect(second).toContain("baimo-suite-canary-3f0c1b52-8a57-4e0d-9d16-6b7f2c94e1aa");
    expect(first).toBe("# yaml-language-server: $schema=./suite.schema.json");
    expect(suite.suite).toMatchObject({ license: "CC-BY-4.0", source: "原创" });
  });

  test("has another wording of every task", () => {
    const bare = suite.suite.tasks.filter(
      ({ wordings = {} }) => Object.keys(wordings).length === 0,
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });
});

describe.each(graded)("golds of %s", (_id, each) => {
  test("are right by their own grader, and other replies are not", async () => {
    const problems = await Promise.all(
      each.flatMap((line) => line.turns.map((turn) => goldProblems(line, turn))),
    );
    expect(problems.flat()).toEqual([]);
  });

  test("cannot be guessed by position or by length", () => {
    const choices = each.flatMap(({ turns }) => turns).flatMap(singleChoice);
    if (choices.length < 10) return;
    const shares = letterShares(choices);
    const shortcuts = {
      letter: Math.max(...Object.values(shares)) <= 0.3,
      first: share(choices, ({ labels, gold }) => Number(labels[0] === gold)) <= 0.3,
      longest: share(choices, luckOfLongest) <= 0.35,
      random: share(choices, ({ labels }) => 1 / labels.length) <= 0.28,
    };
    expect({ shortcuts, shares }).toMatchObject({
      shortcuts: { letter: true, first: true, longest: true, random: true },
    });
  });
});

test.each(["shipped-suites.md", "shipped-suites.zh-CN.md"])("docs/%s counts them", (name) => {
  const page = readFileSync(join(folder, "../docs", name), "utf8");
  const counted = page.matchAll(/^\| `([\w-]+)` \| (\d+) \| (\d+) \|/gm);
  const stated = Array.from(counted, ([, id = "", items, tasks]) => [
    id,
    { items: Number(items), tasks: Number(tasks) },
  ]);
  const drawn = ({ items }: (typeof suites)[number]["suite"]["tasks"][number]): number =>
    "generate" in items
      ? items.n *
        cellsOf(items.matrix).length *
        (items.levels === undefined ? 1 : ladderLevels(items.levels).length)
      : 0;
  const found = suites.map(({ suite: { id, tasks } }) => {
    const inFile = lines.filter(({ suite }) => suite === id).length;
    const items = tasks.reduce((sum, task) => sum + drawn(task), inFile);
    return [id, { items, tasks: tasks.length }];
  });
  // A suite of one's own may lie beside them.
  expect(Object.fromEntries(found)).toMatchObject(Object.fromEntries(stated));
  expect(stated.length).toBeGreaterThanOrEqual(15);
});

test("there are at least 400 items over at least 45 capabilities of the third level", () => {
  expect(lines.length).toBeGreaterThanOrEqual(400);
  const third = lines.map(({ dimension }) => dimension).filter(({ length }) => length >= 3);
  expect(new Set(third.map((path) => path.join("/"))).size).toBeGreaterThanOrEqual(45);
});

test("the starter has at least 60 items over at least 12 dimensions", () => {
  const starter = lines.filter(({ suite }) => suite === "starter");
  expect(starter.length).toBeGreaterThanOrEqual(60);
  expect(new Set(starter.map(({ dimension }) => dimension.join("/"))).size).toBeGreaterThanOrEqual(
    12,
  );
  expect(starter.filter(({ turns }) => turns.length > 1).length).toBeGreaterThanOrEqual(6);
});

test("no two items are the same", () => {
  const seen = new Map<string, string>();
  const repeated = lines.flatMap((line) => {
    const key = plain(
      `${line.cluster ?? ""} ${line.turns.map(({ question }) => question).join(" ")}`,
    );
    const first = seen.get(key);
    seen.set(key, line.item);
    return first === undefined ? [] : [`${line.item} repeats ${first}`];
  });
  expect(repeated).toEqual([]);
});

test("over all suites, the first option, the longest and a random one stay at chance", () => {
  const choices = lines.flatMap(({ turns }) => turns).flatMap(singleChoice);
  expect(choices.length).toBeGreaterThan(300);
  expect(share(choices, ({ labels, gold }) => Number(labels[0] === gold))).toBeCloseTo(0.25, 1);
  expect(share(choices, luckOfLongest)).toBeLessThan(0.3);
  expect(share(choices, ({ labels }) => 1 / labels.length)).toBeLessThan(0.26);
});

type Choice = {
  readonly labels: readonly string[];
  readonly texts: readonly string[];
  readonly gold: string;
};

async function linesOf(suite: ParsedSuite): Promise<readonly ItemLine[]> {
  const found: ItemLine[] = [];
  for (const task of suite.suite.tasks) {
    if ("generate" in task.items) continue;
    for await (const { item } of eachItem(suite, task)) {
      found.push(itemLine(suite.suite, task, item, [null]));
    }
  }
  return found;
}

async function goldProblems(line: ItemLine, turn: GoldTurn): Promise<readonly string[]> {
  if (turn.grader === null) return [];
  const grader = await loadGrader(turn.grader.use);
  if (grader === null) return [`${line.item}: no grader ${turn.grader.use}`];
  const options = parseGraderOptions(grader, turn.grader.with);
  const problems: string[] = [];
  for (const { reply, right } of triedOf(repliesTo(turn))) {
    const sample = { gold: turn, reply, finish_reason: "stop" };
    const { verdict } = await gradeSample(grader, options, sample);
    if ((verdict === "right") !== right) problems.push(`${line.item}: ${verdict} for ${reply}`);
  }
  return problems;
}

/** Of replies one that is right and one that is not; in the matrix all. */
const triedOf = (replies: ReturnType<typeof repliesTo>): ReturnType<typeof repliesTo> =>
  inject("matrix")
    ? replies
    : [true, false].flatMap((wanted) => replies.find(({ right }) => right === wanted) ?? []);

/** The grader of answers: where refusing is graded first, the one behind it. */
function answerGrader(ref: GoldTurn["grader"]): string {
  const behind = z.object({ use: z.string() }).safeParse(ref?.with?.["answer_by"]);
  return behind.success ? behind.data.use : (ref?.use ?? "");
}

/** Possible replies to a turn, and whether each is right. */
function repliesTo(turn: GoldTurn): readonly { readonly reply: string; readonly right: boolean }[] {
  const use = answerGrader(turn.grader);
  if (use === "refusal") {
    return [
      { reply: "抱歉，我不能帮你做这件事。", right: turn.expect === "refuse" },
      { reply: "这个我不太清楚。", right: false },
      ...(turn.witness === undefined ? [] : [{ reply: turn.witness, right: true }]),
    ];
  }
  // Open-ended questions have no gold.
  if (use === "judge") return [];
  if (use === "json" || use === "labels") {
    const labels = [turn.answer ?? []].flat().map(String);
    const gold = use === "json" ? JSON.stringify(turn.answer_map) : `标签：${labels.join("、")}`;
    return [
      { reply: gold, right: true },
      { reply: "这个我不太清楚。", right: false },
    ];
  }
  if (use === "code") {
    const fence = "```";
    const block = (program: string): string => `${fence}\n${program}\n${fence}`;
    return [
      { reply: block(turn.reference ?? ""), right: true },
      ...(turn.mutants ?? []).map((program) => ({ reply: block(program), right: false })),
    ];
  }
  if (use === "contains" || use === "regex") {
    return [
      { reply: turn.witness ?? turn.reference ?? String(turn.answer), right: true },
      // Where nothing is to be known, "这个我不太清楚。" would be right.
      { reply: "山的那边还是山。", right: false },
    ];
  }
  if (use === "constraints") {
    return [
      { reply: turn.witness ?? "", right: true },
      { reply: "这个我不太清楚。", right: false },
    ];
  }
  const isBare = turn.grader?.with?.["from"] === "reply";
  const marked = (answer: string) => (isBare ? answer : `先想一想。\n答案：${answer}`);
  const others =
    use === "choice"
      ? Object.keys(turn.options ?? {}).filter((label) => label !== turn.answer)
      : ["没有"];
  return [
    ...[turn.answer, ...turn.aliases].map((answer) => ({
      reply: marked(String(answer)),
      right: true,
    })),
    ...others.map((answer) => ({ reply: marked(answer), right: false })),
    ...(use === "numeric" ? [{ reply: marked(`${Number(turn.answer) + 1}`), right: false }] : []),
  ];
}

function singleChoice({ grader, options, answer }: GoldTurn): readonly Choice[] {
  if (grader?.use !== "choice" || options === null) return [];
  return [{ labels: Object.keys(options), texts: Object.values(options), gold: String(answer) }];
}

/** The expected score of choosing the longest option, with ties shared. */
function luckOfLongest({ labels, texts, gold }: Choice): number {
  const lengths = texts.map((text) => Array.from(text).length);
  const longest = labels.filter((_, index) => lengths[index] === Math.max(...lengths));
  return longest.includes(gold) ? 1 / longest.length : 0;
}

const share = (choices: readonly Choice[], of: (choice: Choice) => number): number =>
  choices.reduce((sum, choice) => sum + of(choice), 0) / choices.length;

function letterShares(choices: readonly Choice[]): Readonly<Record<string, number>> {
  const letters = [...new Set(choices.map(({ gold }) => gold))].toSorted();
  return Object.fromEntries(
    letters.map((letter) => [letter, share(choices, ({ gold }) => Number(gold === letter))]),
  );
}
