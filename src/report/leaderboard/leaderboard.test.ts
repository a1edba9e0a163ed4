import { describe, expect, test } from "vitest";

import type { Board } from "../../domain/board.ts";
import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { compareTargets } from "../compare/comparison.ts";
import { widthOf } from "../render/width.ts";
import {
  answerLine,
  endLine,
  itemLine,
  runLine,
  scoreLine,
  targetEntry,
  type AnswerFacts,
} from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { leaderboardCsv } from "./csv.ts";
import { leaderboardJson } from "./json.ts";
import { leaderboardOf } from "./leaderboard.ts";
import { leaderboardMarkdown } from "./markdown.ts";
import { leaderboardTerminal } from "./text.ts";

type Result = "right" | "wrong" | "failed";

/** A run of the results of each target by item; items `s/task/n`, four a task. */
function viewOf(
  results: Readonly<Record<string, readonly Result[]>>,
  more: {
    readonly entries?: Parameters<typeof runLine>[0];
    readonly facts?: Partial<AnswerFacts>;
  } = {},
) {
  const view = createView();
  const refs = Object.keys(results);
  const n = Math.max(...Object.values(results).map(({ length }) => length));
  const size = { items: n, per_target: n, answers: n * refs.length };
  const lines: RunFileLine[] = [runLine(more.entries ?? refs, { size })];
  for (let index = 0; index < n; index++) {
    const item = `s/task${Math.floor(index / 4)}/${index}`;
    lines.push(itemLine(item));
    for (const target of refs) {
      const result = results[target]?.[index];
      if (result === undefined) continue;
      const outcome = result === "failed" ? "server" : "ok";
      lines.push(answerLine({ item, target, outcome, ...more.facts }));
      if (result !== "failed") lines.push(scoreLine({ item, target }, result));
    }
  }
  for (const line of [...lines, endLine()]) step(view, line);
  return view;
}

const all = (result: Result, n: number): readonly Result[] =>
  Array.from({ length: n }, () => result);

const board = (more: Partial<Board> = {}): Board => ({
  schema: "board/1",
  id: "b",
  members: [{ suite: "s", weight: 1 }],
  total: { method: "macro" },
  reference: [],
  tie: 0,
  decimals: 2,
  min_coverage: 0.98,
  ...more,
});

describe("the total", () => {
  // Dimension task0: 1 of 4 right; task1: both of 2 right.
  const results = { "a/a": ["right", "wrong", "wrong", "wrong", "right", "right"] } as const;
  test.each([
    ["macro", 0.625],
    ["micro", 0.5],
    ["weighted", 0.625],
  ] as const)("%s", (method, value) => {
    const { entries } = leaderboardOf(viewOf(results), { board: board({ total: { method } }) });
    expect(entries[0]?.summary.score.value).toBeCloseTo(value, 12);
  });

  test("micro has Wilson's interval", () => {
    const { entries } = leaderboardOf(viewOf(results), {
      board: board({ total: { method: "micro" } }),
    });
    // scipy.stats.binomtest(3, 6).proportion_ci(method="wilson")
    expect(entries[0]?.summary.score.interval?.low).toBeCloseTo(0.18761631, 7);
    expect(entries[0]?.summary.score.interval?.high).toBeCloseTo(0.81238369, 7);
  });

  test("a member without items leaves no total", () => {
    const members = [
      { suite: "s", weight: 1 },
      { suite: "absent", weight: 1 },
    ];
    const leaderboard = leaderboardOf(viewOf(results), { board: board({ members }) });
    expect(leaderboard.entries[0]).toMatchObject({ rank: null, unranked: "partial" });
    expect(leaderboard.missing).toEqual(["absent"]);
  });

  test("members weigh as the board says", () => {
    const view = createView();
    const target = "a/a";
    const items = ["s/t/1", "u/t/1"];
    step(view, runLine([target]));
    for (const [index, item] of items.entries()) {
      step(view, itemLine(item));
      step(view, answerLine({ item, target }));
      step(view, scoreLine({ item, target }, index === 0 ? "right" : "wrong"));
    }
    const members = [
      { suite: "s", weight: 6 },
      { suite: "u", weight: 4 },
    ];
    const total = { method: "weighted" } as const;
    const { entries } = leaderboardOf(view, { board: board({ members, total }) });
    expect(entries[0]?.summary.score.value).toBeCloseTo(0.6, 12);
  });
});

describe("who is ranked", () => {
  const results = {
    "r/best": all("right", 8),
    "q/good": [...all("right", 6), ...all("wrong", 2)],
    "q/same": [...all("wrong", 2), ...all("right", 6)],
    "z/holes": [...all("right", 7), "failed"] as const,
    "baseline/random": [...all("right", 2), ...all("wrong", 6)],
  };
  const entries = Object.keys(results).map((ref) =>
    targetEntry(ref, { baseline: ref.startsWith("baseline"), reference: ref === "r/best" }),
  );
  const leaderboard = leaderboardOf(viewOf(results, { entries }));

  test("references and baselines stand in place without a rank, and so does too little coverage", () => {
    expect(
      leaderboard.entries.map(({ summary, rank, unranked }) => [summary.target, rank, unranked]),
    ).toEqual([
      ["r/best", null, "reference"],
      ["z/holes", null, "coverage"],
      ["q/good", 1, null],
      ["q/same", 1, null],
      ["baseline/random", null, "baseline"],
    ]);
  });

  test("a failed call is no wrong answer", () => {
    const holes = leaderboard.entries.find(({ summary }) => summary.target === "z/holes")?.summary;
    expect(holes).toMatchObject({ counted: 7, planned: 8, coverage: 0.875 });
    expect(holes?.score.value).toBe(1);
  });

  test("a wrong answer to a red-line item vetoes", () => {
    const view = viewOf({ "a/a": all("right", 4) });
    step(view, itemLine("s/task0/red", { severity: "红线" }));
    step(view, answerLine({ item: "s/task0/red", target: "a/a" }));
    step(view, scoreLine({ item: "s/task0/red", target: "a/a" }, "wrong"));
    expect(leaderboardOf(view).entries[0]).toMatchObject({ rank: null, unranked: "红线" });
  });
});

describe("how it is shown", () => {
  const results = {
    "qwen/通义千问-plus": [...all("right", 40), ...all("wrong", 8)],
    "deepseek/deepseek-chat": [...all("right", 12), ...all("wrong", 36)],
    "zhipu/\u001B[31mglm\u202E": [...all("right", 30), ...all("wrong", 18)],
  };
  const view = viewOf(results, { facts: { simulated: true } });
  const leaderboard = leaderboardOf(view);

  test.each([80, 120, 160])("no line is wider than %i columns", (width) => {
    for (const lang of ["zh", "en"] as const) {
      const text = leaderboardTerminal(view, leaderboard, { lang, width });
      const table = text.split("\n").slice(2, 7);
      for (const line of table) expect(widthOf(line)).toBeLessThanOrEqual(width);
    }
  });

  test("a terminal breaks its sentences between words, a pipe has each in one line", () => {
    const whole = leaderboardTerminal(view, leaderboard, { lang: "en", width: 80 });
    const text = leaderboardTerminal(view, leaderboard, { lang: "en", width: 80, wrapped: true });
    const sentences = (shown: string): string => shown.replaceAll(/\s+/g, " ");
    expect(Math.max(...whole.split("\n").map(widthOf))).toBeGreaterThan(80);
    expect(Math.max(...text.split("\n").map(widthOf))).toBeLessThanOrEqual(80);
    expect(sentences(text)).toBe(sentences(whole));
  });

  test("it opens with a conclusion, marks what is simulated, and lets nothing move the cursor", () => {
    const text = leaderboardTerminal(view, leaderboard, { lang: "zh", wide: true });
    expect(text.split("\n")[0]).toMatch(/^qwen\/通义千问-plus \[模拟\] 以 83\.3 分居首/);
    expect(text).not.toContain("\u001B");
    expect(text).not.toContain("\u202E");
    expect(text).toContain("🥇");
    expect(text).toContain("时间可信");
  });

  test("a busy machine is said", () => {
    const busy = endLine({
      loop: { utilisation: 0.98, lag_p99_ms: 80, send_lag_p50_ms: 12, trusted: false },
    });
    step(view, busy);
    expect(leaderboardTerminal(view, leaderboard, { lang: "en" })).toContain("cannot be trusted");
    step(view, endLine());
  });

  test("a missing end is said", () => {
    const open = createView();
    step(open, runLine(["a/a"]));
    expect(leaderboardTerminal(open, leaderboardOf(open), { lang: "en" })).toContain("not ended");
  });

  test("Markdown and CSV hold every target", () => {
    const markdown = leaderboardMarkdown(view, leaderboard, "zh");
    const csv = leaderboardCsv(leaderboard, "zh");
    for (const name of ["通义千问-plus", "deepseek-chat", "glm"]) {
      expect(markdown).toContain(name);
      expect(csv).toContain(name);
    }
  });

  test("JSON survives the way through a file, timeouts included", () => {
    const timeout = viewOf({ "a/a": all("right", 3) });
    step(timeout, itemLine("s/task0/late"));
    step(timeout, answerLine({ item: "s/task0/late", target: "a/a", outcome: "timeout" }));
    const data = leaderboardJson(timeout, leaderboardOf(timeout));
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
    expect(JSON.stringify(data)).toContain('"p95":{"value":null,"timeout":true');
  });
});

describe("those who score alike at the top are level", () => {
  const near = [...all("right", 11), "wrong"] as const;
  test.each<[string, Record<string, readonly Result[]>, string, string]>([
    [
      "two of two",
      { "a/a": all("right", 12), "b/b": all("right", 12) },
      "a/a、b/b 同得 100.0 分，为最高；逐题相比（p 1.000），凭这些题还分不出高下，2 个目标并列第 1。",
      "a/a and b/b score highest with 100.0; compared item by item (p 1.000), these items cannot tell them apart: both share rank 1.",
    ],
    [
      "two, and one that is near",
      { "a/a": all("right", 12), "b/b": all("right", 12), "c/c": near },
      "a/a、b/b 同得 100.0 分，为最高；但与 c/c（91.7）逐题相比（3 个目标两两相比，校正后各 p 1.000），凭这些题也分不出高下，3 个目标并列第 1。",
      "a/a and b/b score highest with 100.0; compared item by item (corrected for all pairs of 3 targets p 1.000) with c/c (91.7), these items cannot tell them apart: all 3 share rank 1.",
    ],
    [
      "one alone",
      { "a/a": all("right", 12), "c/c": near },
      "a/a 得 100.0 分，为最高；但与 c/c（91.7）逐题相比（p 1.000），凭这些题也分不出高下，2 个目标并列第 1。",
      "a/a scores highest with 100.0; compared item by item (p 1.000) with c/c (91.7), these",
    ],
  ])("%s", (_, results, zh, en) => {
    const view = viewOf(results);
    const text = (lang: "zh" | "en") =>
      leaderboardTerminal(view, leaderboardOf(view), { lang, width: 160 });
    expect(text("zh")).toContain(zh);
    expect(text("en")).toContain(en);
  });
});

/** So many right, those that both sides have right first. */
const rightOf = (right: number, of: number): readonly Result[] => [
  ...all("right", right),
  ...all("wrong", of - right),
];

describe("the board and compare say one thing of the same answers", () => {
  const compared = (view: ReturnType<typeof viewOf>, base: string, fresh: string) =>
    compareTargets({ base: view, new: view }, { base, new: fresh });
  test("intervals that overlap part nobody and join nobody: the items do", () => {
    const view = viewOf({ "a/a": rightOf(56, 60), "b/b": rightOf(48, 60) });
    const [first, second] = leaderboardOf(view).entries.map(
      ({ summary }) => summary.score.interval,
    );
    expect(first?.low).toBeLessThan(second?.high ?? 0);
    const shown = leaderboardOf(view);
    expect(shown.entries.map(({ rank }) => rank)).toEqual([1, 2]);
    const told = compared(view, "b/b", "a/a");
    expect(told?.total.verdict).toBe("better");
    expect(shown.pairs[0]).toMatchObject({ p: told?.total.p, interval: told?.total.interval });
    expect(shown.resolution?.difference).toBe(told?.total.detectable);
    expect(leaderboardTerminal(view, shown, { lang: "zh" })).toContain(
      "a/a 以 93.3 分居首，领先第二名 13.3 分，逐题相比超出偶然（p 0.008）。",
    );
  });
  test("among several both the p of the two alone and the corrected one are told", () => {
    const view = viewOf({
      "a/a": rightOf(56, 60),
      "b/b": rightOf(50, 60),
      "c/c": rightOf(48, 60),
    });
    expect(compared(view, "b/b", "a/a")?.total).toMatchObject({
      verdict: "better",
      p: expect.closeTo(2 / 64, 12),
    });
    const shown = leaderboardOf(view);
    expect(shown.entries.map(({ rank }) => rank)).toEqual([1, 1, 2]);
    expect(shown.pairs.map(({ told_apart }) => told_apart)).toEqual([false, true, false]);
    expect(leaderboardTerminal(view, shown, { lang: "zh" })).toContain(
      "但与 b/b（83.3）逐题相比（p 0.031；3 个目标两两相比须校正，而这两个答得不同的题太少，无论如何断定不了），凭这些题也分不出高下，2 个目标并列第 1。",
    );
    expect(leaderboardTerminal(view, shown, { lang: "en", width: 300 })).toContain(
      "compared item by item (p 0.031; corrected for all pairs of 3 targets nothing can follow, as too few of their answers differ) with b/b (83.3), these items cannot tell them apart: both share rank 1.",
    );
  });
  test("a board's tie keeps a place shared, and says so", () => {
    const view = viewOf({ "a/a": rightOf(56, 60), "b/b": rightOf(48, 60) });
    const shown = leaderboardOf(view, { board: board({ tie: 15 }) });
    expect(shown.entries.map(({ rank }) => rank)).toEqual([1, 1]);
    expect(leaderboardTerminal(view, shown, { lang: "zh" })).toContain(
      "（p 0.008；相差不到 15 分的，按榜单规则并列）",
    );
  });
});

describe("no medal without evidence", () => {
  const medals = (results: Record<string, readonly Result[]>) =>
    leaderboardOf(viewOf(results)).entries.map(({ summary, rank, medal }) => [
      summary.target,
      rank,
      medal,
    ]);
  test("places that the tests part", () => {
    expect(
      medals({ "a/a": rightOf(56, 60), "b/b": rightOf(30, 60), "c/c": rightOf(6, 60) }),
    ).toEqual([
      ["a/a", 1, true],
      ["b/b", 2, true],
      ["c/c", 3, true],
    ]);
  });
  test("two that are alike at the top share the first place; a medal for the third alone would look like the best", () => {
    expect(
      medals({ "a/a": rightOf(56, 60), "b/b": rightOf(54, 60), "c/c": rightOf(6, 60) }),
    ).toEqual([
      ["a/a", 1, false],
      ["b/b", 1, false],
      ["c/c", 3, false],
    ]);
  });
  test("two that are alike behind a certain first", () => {
    expect(
      medals({ "a/a": rightOf(58, 60), "b/b": rightOf(20, 60), "c/c": rightOf(18, 60) }),
    ).toEqual([
      ["a/a", 1, true],
      ["b/b", 2, false],
      ["c/c", 2, false],
    ]);
  });
  test.each([
    ["zh", "d/d 排第 2：排在它前面的有 3 个目标，其中能断定高于它的只有 1 个"],
    ["en", "d/d has rank 2: of the 3 targets before it, only 1 is certainly above"],
  ] as const)("a rank that does not skip all before it is explained, in %s", (lang, told) => {
    const shown = (last: number): string => {
      const view = viewOf({
        "a/a": rightOf(58, 60),
        "b/b": rightOf(53, 60),
        "c/c": rightOf(52, 60),
        "d/d": rightOf(last, 60),
      });
      const board = leaderboardOf(view);
      expect(board.entries.map(({ rank }) => rank)).toEqual([1, 1, 1, last === 6 ? 4 : 2]);
      return leaderboardTerminal(view, board, { lang });
    };
    expect(shown(48)).toContain(told);
    expect(shown(6)).not.toContain("d/d 排第");
    expect(shown(6)).not.toContain("has rank");
  });
  test("one target alone", () => {
    expect(medals({ "a/a": rightOf(56, 60) })).toEqual([["a/a", 1, false]]);
  });
  test("0 points", () => {
    expect(medals({ "a/a": rightOf(60, 60), "b/b": rightOf(0, 60) })).toEqual([
      ["a/a", 1, true],
      ["b/b", 2, false],
    ]);
  });
});

describe("how large a difference a board resolves", () => {
  test("from its own pairs: two that disagree less are told apart more easily", () => {
    const board = (lost: number) =>
      leaderboardOf(
        viewOf({
          "a/a": all("right", 100),
          "b/b": [...all("wrong", lost), ...all("right", 100 - lost)],
        }),
      ).resolution;
    const [close, far] = [board(2), board(40)];
    expect(close?.source).toBe("measured");
    expect(close?.difference).toBeLessThan(far?.difference ?? 0);
  });
  test("a single target: from the usual spread", () => {
    const found = leaderboardOf(viewOf({ "a/a": all("right", 100) })).resolution;
    // Miller's formula with a variance of 0.1 + 2 * 0.05: 2.8016 * sqrt(0.2 / n), n being the effective size.
    expect(found?.source).toBe("assumed");
    expect(found?.difference).toBeGreaterThan(2.8 * Math.sqrt(0.2 / 101));
  });
  test("a board that can show nothing says so, and so does one on which nobody has a point", () => {
    const view = viewOf({ "a/a": all("wrong", 1), "b/b": all("wrong", 1) });
    const text = leaderboardTerminal(view, leaderboardOf(view), { lang: "zh" });
    expect(text).toContain("题太少");
    expect(text).toContain("2 个目标都得 0 分");
    expect(text).not.toContain("🥇");
  });
  test("nothing counts: nothing is said", () => {
    expect(leaderboardOf(viewOf({ "a/a": all("failed", 4) })).resolution).toBeNull();
  });
});

describe("money", () => {
  const usd: Partial<AnswerFacts> = { cost: { amount: 0.01, currency: "USD" } };
  test("dollars stay dollars without a rate", () => {
    const [entry] = leaderboardOf(viewOf({ "a/a": all("right", 4) }, { facts: usd })).entries;
    expect(entry?.summary.cost).toEqual([{ amount: 0.04, currency: "USD" }]);
    expect(entry?.summary.cost_per.right).toEqual({ amount: 0.01, currency: "USD" });
  });
  test("with the run's own rate they become yuan", () => {
    const view = viewOf({ "a/a": all("right", 4) }, { facts: usd });
    const fx = { USD_CNY: { rate: 7, date: "2026-11-20", source: "test" } };
    if (view.run !== null) view.run = { ...view.run, fx };
    const cost = leaderboardOf(view).entries[0]?.summary.cost;
    expect(cost?.[0]?.currency).toBe("CNY");
    expect(cost?.[0]?.amount).toBeCloseTo(0.28, 12);
  });
});

describe("a board of several files", () => {
  const fileOf = (ids: readonly string[], target = "a/a"): readonly RunFileLine[] => {
    const header = runLine([target]);
    const [entry] = header.suites;
    const suites = ids.flatMap((id) => (entry === undefined ? [] : [{ ...entry, id }]));
    return [
      { ...header, suites },
      ...ids.flatMap((id) => {
        const item = `${id}/t/0`;
        return [itemLine(item), answerLine({ item, target }), scoreLine({ item, target }, "right")];
      }),
      endLine(),
    ];
  };
  const firstLine = (files: readonly (readonly RunFileLine[])[], lang: "zh" | "en") => {
    const view = createView();
    for (const line of files.flat()) step(view, line);
    return leaderboardTerminal(view, leaderboardOf(view), { lang, width: 400 }).split("\n")[0];
  };

  test.each<[string, readonly (readonly RunFileLine[])[], string, string]>([
    [
      "the same suite",
      [fileOf(["s"]), fileOf(["s"], "b/b")],
      "题集：s（1 题）。",
      "Suites: s (1 item).",
    ],
    [
      "one that all targets were asked, and one that they were not",
      [fileOf(["s"]), fileOf(["shop", "s"], "b/b")],
      "题集：s（1 题，2 个文件里的 2 个）、shop（1 题，2 个文件里的 1 个）。各文件问的题集不同，总分是合在一起算的；每个目标都答过的只有 s，要按它排名，加 --suite s。",
      "Suites: s (1 item, in 2 of 2 files), shop (1 item, in 1 of 2 files). The files asked different suites, and totals are over all of them; every target was asked s alone: to rank by that, add --suite s.",
    ],
    [
      "two that all were asked, and one that they were not",
      [fileOf(["s", "u"]), fileOf(["u", "shop", "s"], "b/b")],
      "每个目标都答过的只有 s、u，要按它排名，加 --suite s --suite u。",
      "add --suite s --suite u.",
    ],
    [
      "none that all were asked",
      [fileOf(["s"]), fileOf(["shop"], "b/b")],
      "没有一个题集是每个目标都答过的，只能一个一个看，例如加 --suite s。",
      "no suite was asked of every target, so look at one at a time: add --suite s, say.",
    ],
    [
      "the parts of one target",
      [fileOf(["s"]), fileOf(["shop"])],
      "总分是合在一起算的；只看一个题集，例如加 --suite s。",
      "for one of them alone add --suite s, say.",
    ],
    [
      "different ones of a baseline",
      [fileOf(["s"]), fileOf(["s", "shop"], "baseline/random")],
      "每个目标都答过的只有 s，要按它排名，加 --suite s。",
      "every target was asked s alone: to rank by that, add --suite s.",
    ],
  ])("names its suites, and what to type: %s", (_, files, zh, en) => {
    expect(firstLine(files, "zh")).toContain(zh);
    expect(firstLine(files, "en")).toContain(en);
  });

  test("a single file needs no line of suites", () => {
    expect(firstLine([fileOf(["s", "u"])], "zh")).not.toContain("题集");
  });
});

test("where no price was stated, the costs are unknown, and how to have them is said", () => {
  const view = viewOf({ "a/a": all("right", 4) }, { facts: { cost: null } });
  const text = leaderboardTerminal(view, leaderboardOf(view), { lang: "zh", width: 80 });
  expect(text).toContain("a/a：费用未知，因为运行时没有写价格");
  expect(text).toContain("reprice --sample");
});
