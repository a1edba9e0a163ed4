import { appendFileSync, truncateSync } from "node:fs";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { zstdCompressSync } from "node:zlib";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { AnswerLine, ItemLine, RunFileLine } from "../../../domain/run-file/lines.ts";
import type { RangesSetup } from "./ranges.ts";

import { UserError } from "../../../domain/text.ts";
import { lineLimit } from "../../../files/line-limit.ts";
import { readConfig } from "../../../store/config.ts";
import { openGraders } from "../../../store/graders.ts";
import { readHeader, readRun } from "../../../store/runs/reader.ts";
import { contextIn } from "../../testing/command-context.ts";
import { inProcess, makeProject, startChatServer } from "../../testing/process.ts";
import { type Corrections, correctedBy } from "../correct.ts";
import { regrade } from "../regrade.ts";
import { scanForGrading } from "../scan.ts";
import { openScorer } from "../scorer.ts";
import { survey, type SurveySetup } from "./survey.ts";

let project: Awaited<ReturnType<typeof makeProject>>;
let asked: readonly RunFileLine[];

beforeAll(async () => {
  const server = await startChatServer(1, 1);
  project = await makeProject(server.url, 60);
  expect((await inProcess(project.folder, ["run", "--out", "r.jsonl"])).code).toBe(0);
  await server.close();
  asked = await readRun(join(project.folder, "r.jsonl"));
  await writeFile(
    join(project.folder, "house.mjs"),
    `import { z } from "zod";
export const grader = {
  id: "house", version: "1", title: { zh: "自家", en: "house" }, options: z.strictObject({}), reads: [], check: () => [],
  grade: ({ reply }) => {
    if (reply.includes("7")) throw new Error("sevens");
    return { verdict: "right", value: 1, extracted: reply, why: "自家" };
  },
};
`,
  );
  const config = await readFile(join(project.folder, "baimo.yaml"), "utf8");
  await writeFile(join(project.folder, "house.yaml"), `${config}\ngraders: {house: ./house.mjs}\n`);
});
afterAll(() => project.remove());

const none: Corrections = { golds: new Map(), grader: null };

/** Items with graders of many kinds, and replies as models write them. */
const uses = [
  { use: "numeric" },
  { use: "contains", with: { without: ["答案"] } },
  { use: "house" },
  {
    use: "all",
    with: {
      checks: [
        { name: "数", use: "numeric" },
        { name: "词", use: "contains", with: { without: ["不"] } },
      ],
    },
  },
  { use: "exact" },
  { use: "code", with: { language: "python" } },
] as const;
const replies = [
  "答案：",
  "先算个位，再进位，所以等于 ",
  "<think>嗯</think>",
  "不知道",
  "本回答由 AI 生成\n",
];

function mixed(lines: readonly RunFileLine[]): readonly RunFileLine[] {
  let [items, answers] = [0, 0];
  return lines.map((line) => {
    if (line.kind === "item") {
      const grader = uses[items++ % uses.length] ?? null;
      return { ...line, turns: line.turns.map((turn) => ({ ...turn, grader })) } as ItemLine;
    }
    if (line.kind !== "answer") return line;
    const opening = replies[answers++ % replies.length] ?? "";
    const turns = line.turns.map((turn) => ({ ...turn, text: `${opening}${turn.text}` }));
    return { ...line, turns } satisfies AnswerLine;
  });
}

const isKind = (kind: RunFileLine["kind"]) => (line: RunFileLine) => line.kind === kind;

/** The gold of the first item is another one at the end of the file. */
function withLaterGold(lines: readonly RunFileLine[]): readonly RunFileLine[] {
  const first = lines.find(isKind("item")) as ItemLine;
  const turns = first.turns.map((turn) => ({ ...turn, answer: 1 }));
  return [...lines, { ...first, turns, gold_digest: "0".repeat(32) }];
}

/** Of 60 items and 120 answers a sixth are for the user's own grader, and a sixth for programs. */
const ofOthers = 40;

/** A name, what is made of the lines, and how many answers are left to the main thread at first. */
const files: readonly (readonly [
  string,
  (lines: readonly RunFileLine[]) => readonly RunFileLine[],
  unknown,
])[] = [
  ["as it was asked", (lines) => lines, 0],
  ["of many graders", mixed, ofOthers],
  ["with a gold that was corrected later", (lines) => withLaterGold(mixed(lines)), ofOthers],
  ["that was scored before", (lines) => [...lines, ...mixed(lines).filter(isKind("score"))], 0],
  [
    "whose items stand behind their answers",
    ([header, ...lines]) => [
      header as RunFileLine,
      ...lines.filter((line) => !isKind("item")(line)),
      ...lines.filter(isKind("item")),
    ],
    // In its last range with answers stand items, too.
    expect.any(Number),
  ],
  ["without scores", (lines) => lines.filter((line) => !isKind("score")(line)), 0],
  [
    "with answers that failed",
    (lines) =>
      lines.map((line) => (line.kind === "answer" ? { ...line, outcome: "timeout" } : line)),
    0,
  ],
];

const inFolder = (name: string): string => join(project.folder, name);

async function write(name: string, lines: readonly RunFileLine[]): Promise<void> {
  await writeFile(inFolder(name), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

type Scoring = {
  readonly corrections?: Corrections;
  readonly stopping?: AbortSignal;
  readonly startThread?: SurveySetup["startThread"];
};

/** Scores a copy of a file; `threads` null: by a scan and a pass on this thread alone. */
async function scored(name: string, threads: number | null, scoring: Scoring = {}) {
  const file = inFolder(`copy-${threads}.jsonl`);
  await copyFile(inFolder(name), file);
  return scoredInPlace(file, threads, scoring);
}

async function scoredInPlace(
  file: string,
  threads: number | null,
  { corrections = none, stopping = new AbortController().signal, startThread }: Scoring = {},
) {
  const header = await readHeader(file);
  if (header === null) throw new Error("no header");
  const config = await readConfig(project.folder, inFolder("house.yaml"));
  const graders = openGraders(config);
  const house = Object.keys(config?.config.graders ?? {});
  const limit = lineLimit();
  const correct = correctedBy(corrections);
  const surveyed =
    threads === null
      ? null
      : await survey({
          file,
          header,
          ...corrections,
          house,
          limit,
          threads,
          rangeBytes: 7_001,
          plainRanges: 9,
          ...(startThread === undefined ? {} : { startThread }),
        });
  const found = surveyed ?? { ...(await scanForGrading(file, correct)), graded: null };
  const context = contextIn(project.folder, [], { stopping });
  const options = { maxCost: null, allowUnknownPrice: false };
  const scorer = await openScorer({ file, config, graders, ...found }, options, context);
  const otherGrader = corrections.grader !== null;
  const counts = await regrade({ file, correct, scorer, context, otherGrader, ...found });
  await scorer.close();
  return { counts, text: await readFile(file, "utf8"), left: surveyed?.graded.left ?? null };
}

test.each(files)(
  "a file %s is scored byte for byte the same by 1, 2 and 4 threads",
  async (_, of, left) => {
    await write("made.jsonl", of(asked));
    const { counts, text } = await scored("made.jsonl", null);
    expect(counts.scored).toBe(asked.filter(isKind("answer")).length);
    for (const threads of [1, 2, 4])
      expect(await scored("made.jsonl", threads)).toEqual({ counts, text, left });
  },
);

test("with another grader, and with golds of a suite, as well", async () => {
  await write("made.jsonl", mixed(asked));
  const golds = new Map(
    asked.filter(isKind("item")).map((line, at) => {
      const item = line as ItemLine;
      const changed = { ...item, gold_digest: "1".repeat(32) };
      return [item.item, at % 3 === 0 ? changed : item] as const;
    }),
  );
  for (const corrections of [
    { golds: new Map(), grader: { use: "exact" } },
    { golds, grader: null },
    { golds, grader: { use: "contains", with: { without: ["答案"] } } },
  ]) {
    const { counts, text } = await scored("made.jsonl", null, { corrections });
    expect(await scored("made.jsonl", 2, { corrections })).toMatchObject({ counts, text });
  }
});

test.each([
  ["cut off", (text: string) => text.slice(0, -20)],
  ["with a damaged line", (text: string) => text.replace('"answer"', '"answer')],
  [
    "with a key that stands twice",
    (text: string) => text.replace('"trial":1', '"trial":1,"trial":1'),
  ],
  ["with a second header", (text: string) => text + text.slice(0, text.indexOf("\n") + 1)],
  ["with a blank line", (text: string) => `${text}\n`],
  ["with null bytes", (text: string) => text.replace('"wording":null', "\0\0")],
  ["in UTF-8 with a mark", (text: string) => `\uFEFF${text}`],
])("a file %s is left to the scan", async (_, change) => {
  await write("whole.jsonl", asked);
  await writeFile(inFolder("made.jsonl"), change(await readFile(inFolder("whole.jsonl"), "utf8")));
  const header = await readHeader(inFolder("whole.jsonl"));
  if (header === null) throw new Error("no header");
  const setup = { file: inFolder("made.jsonl"), header, ...none, house: [], limit: lineLimit() };
  expect(await survey({ ...setup, threads: 2, rangeBytes: 7_001 })).toBeNull();
});

test("a packed file is left to the scan", async () => {
  await write("made.jsonl", asked);
  await writeFile(
    inFolder("made.jsonl.zst"),
    zstdCompressSync(await readFile(inFolder("made.jsonl"))),
  );
  const header = await readHeader(inFolder("made.jsonl.zst"));
  if (header === null) throw new Error("no header");
  const file = inFolder("made.jsonl.zst");
  expect(
    await survey({ file, header, ...none, house: [], limit: lineLimit(), threads: 2 }),
  ).toBeNull();
});

/** What becomes of a thread once it has taken a range. */
const deaths = [
  ["ends", "process.exit(0);"],
  ["throws", 'throw new Error("died");'],
  ["has no memory left", "const all = []; for (;;) all.push(new Array(10_000).fill(all.length));"],
] as const;

test.each(deaths)(
  "where a thread %s in the middle of a range, the scan does it all",
  async (_, how) => {
    await write("made.jsonl", mixed(asked));
    const { counts, text } = await scored("made.jsonl", null);
    const taking =
      'const { workerData } = require("node:worker_threads"); Atomics.add(workerData.next, 0, 1);';
    const startThread = (setup: RangesSetup): Worker =>
      new Worker(`${taking} ${how}`, {
        eval: true,
        workerData: setup,
        resourceLimits: { maxOldGenerationSizeMb: 16 },
      });
    expect(await scored("made.jsonl", 2, { startThread })).toEqual({ counts, text, left: null });
  },
);

/** What another program does to the file while it is read; the thread that is started does nothing. */
const meanwhile = (change: (file: string) => void) => (setup: RangesSetup) => {
  change(setup.file);
  const ends = 'require("node:worker_threads").parentPort.postMessage({ kind: "ended" });';
  return new Worker(ends, { eval: true });
};

test("a file to which another program appends while it is read is not written to", async () => {
  await write("made.jsonl", asked);
  const line = `${JSON.stringify(asked.find(isKind("score")))}\n`;
  const startThread = meanwhile((file) => appendFileSync(file, line));
  await expect(scored("made.jsonl", 2, { startThread })).rejects.toThrow(UserError);
  const before = await readFile(inFolder("made.jsonl"), "utf8");
  expect(await readFile(inFolder("copy-2.jsonl"), "utf8")).toBe(before + line);
});

test("a file that another program cuts off while it is read is scored as far as it goes", async () => {
  await write("made.jsonl", asked);
  const whole = await readFile(inFolder("made.jsonl"), "utf8");
  const rest = whole.slice(0, Math.floor(whole.length / 2));
  await writeFile(inFolder("rest.jsonl"), rest);
  const { counts, text } = await scored("rest.jsonl", null);
  const startThread = meanwhile((file) => truncateSync(file, Buffer.byteLength(rest)));
  expect(await scored("made.jsonl", 2, { startThread })).toEqual({ counts, text, left: null });
});

test("of two that score a file at once one is refused, and the file stays whole", async () => {
  await write("twice.jsonl", asked);
  const once = await scored("twice.jsonl", null);
  const both = await Promise.allSettled(
    [1, 1].map((threads) => scoredInPlace(inFolder("twice.jsonl"), threads)),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await readFile(inFolder("twice.jsonl"), "utf8")).toBe(once.text);
});

test("after Ctrl-C in the middle the file is whole, and scoring it again goes on", async () => {
  await write("made.jsonl", asked);
  const answers = asked.filter(isKind("answer")).length;
  let looks = 0;
  const stopping = {
    get aborted() {
      looks += 1;
      return looks > 8;
    },
  } as AbortSignal;
  const stopped = await scored("made.jsonl", 2, { stopping });
  expect(stopped.counts.scored).toBeGreaterThan(0);
  expect(stopped.counts.scored).toBeLessThan(answers);
  expect(stopped.counts.scored + stopped.counts.left).toBe(answers);
  await writeFile(inFolder("stopped.jsonl"), stopped.text);
  expect((await readRun(inFolder("stopped.jsonl"))).filter(isKind("score"))).toHaveLength(
    asked.filter(isKind("score")).length + stopped.counts.scored,
  );
  const again = await scored("stopped.jsonl", 2);
  const whole = await scored("made.jsonl", null);
  expect(again.counts).toEqual({ ...whole.counts, changed: 0 });
  const before = await readFile(inFolder("made.jsonl"), "utf8");
  expect(again.text).toBe(stopped.text + whole.text.slice(before.length));
});

test("after Ctrl-C nothing is written, and all that was not written is told", async () => {
  await write("made.jsonl", asked);
  const before = await readFile(inFolder("made.jsonl"), "utf8");
  const { counts, text } = await scored("made.jsonl", 2, {
    stopping: AbortSignal.abort(),
  });
  const answers = asked.filter(isKind("answer")).length;
  expect(counts).toEqual({ scored: 0, changed: 0, left: answers, kept: 0 });
  expect(text).toBe(before);
});
