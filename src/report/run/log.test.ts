import { describe, expect, test } from "vitest";

import type { RunEvent } from "../../domain/run-file/event.ts";

import { redact } from "../../text/secrets/redact.ts";
import { annotationLine, failureAnnotations, stepSummary } from "../gate/github.ts";
import { leaderboardOf } from "../leaderboard/leaderboard.ts";
import { answerLine, endLine, itemLine, runLine, scoreLine } from "../testing/lines.ts";
import { createView, step } from "../view/view.ts";
import { createLog } from "./log.ts";

const target = "qwen/qwen-plus";
const item = "s/idiom/i1";
const failed = answerLine({
  item,
  target,
  outcome: "auth",
  attempts: [
    {
      outcome: "auth",
      status: 401,
      code: "invalid_api_key",
      message: "bad key sk-abcdef0123456789abcdef\u001B[2J\n:: second line",
      wait_ms: null,
      timing: null,
      streamed: false,
    },
  ],
});

/** Feeds events one second apart and collects what is printed, with the second. */
function logged(lang: "zh" | "en", events: readonly RunEvent[], hide: readonly string[] = []) {
  const view = createView();
  const lines: string[] = [];
  let clock = 0;
  const print = (line: string) => lines.push(`${clock / 1_000}s ${line}`);
  const noon = new Date(2026, 10, 29, 12).getTime();
  const wall = () => new Date(noon + clock);
  const log = createLog({ view, lang, print, now: () => clock, clock: wall, hide });
  for (const event of events) {
    step(view, event);
    log.take(event);
    clock += 1_000;
  }
  return { lines, view };
}

/** The same events at once. */
function said(lang: "zh" | "en", events: readonly RunEvent[]): readonly string[] {
  const view = createView();
  const lines: string[] = [];
  const log = createLog({ view, lang, print: (line) => lines.push(line), now: () => 0 });
  for (const event of events) {
    step(view, event);
    log.take(event);
  }
  return lines;
}

test("a lane that waits says why, until when and in whose words, once for each wait", () => {
  const wait = (change: Partial<Extract<RunEvent, { kind: "retrying" }>> = {}): RunEvent => ({
    kind: "retrying",
    key: "k",
    target,
    outcome: "rate-limited",
    code: "1302",
    message: "请在 3 秒后重试 sk-abcdef0123456789abcdef",
    wait_ms: 500,
    lane: "qwen",
    lane_wait_ms: 3_000,
    ...change,
  });
  const loadingModel = { outcome: "overloaded", code: "503", message: "Loading model" } as const;
  const events = [
    runLine([target]),
    wait(),
    wait(),
    wait({ lane_wait_ms: 0 }),
    wait({ outcome: "overloaded", message: null, code: null, lane_wait_ms: 0, wait_ms: 61_000 }),
    ...[119_700, 118_000].map((loading_ms) =>
      wait({ lane: "mine", ...loadingModel, wait_ms: 300, lane_wait_ms: 400, loading_ms }),
    ),
  ];
  const { lines } = logged("zh", events);
  expect(lines).toEqual([
    "1s … qwen/qwen-plus 限流，等到 12:00:04（3秒）：1302 请在 3 秒后重试 ***",
    expect.stringMatching(/^4s … qwen\/qwen-plus \S+，等到 12:01:05（1分01秒）$/),
    "5s … qwen/qwen-plus 还在加载模型，最多等到 12:02:04（2分00秒）：503 Loading model",
    expect.stringContaining("5s [5秒] 0/0"),
  ]);
  expect(logged("en", events).lines[0]).toContain("rate limited, waits until 12:00:04");
});

test.each([
  ["zh", "；服务断开了，最多找它 4分55秒，之后停下，可用 --resume 续跑"],
  ["en", "; the server is gone, looked for 4m55s more at most, then it stops; --resume goes on"],
] as const)(
  "a server that is gone: for how long it is looked for, and what then (%s)",
  (lang, text) => {
    const { lines } = logged(lang, [
      runLine([target]),
      {
        kind: "retrying",
        key: "k",
        target,
        outcome: "network",
        code: "ECONNREFUSED",
        message: "connect ECONNREFUSED 127.0.0.1:8000",
        wait_ms: 500,
        lane: "mine",
        lane_wait_ms: 5_000,
        gone_ms: 295_000,
      },
    ]);
    expect(lines[0]).toContain(text);
  },
);

test("progress every few seconds, failures at once, the end at the end", () => {
  const run = runLine([target], { size: { items: 10, per_target: 10, answers: 10 } });
  const good = answerLine({ item: "s/idiom/i2", target });
  const { lines } = logged("zh", [
    run,
    { kind: "asking", key: good.key, target },
    itemLine(item),
    failed,
    good,
    scoreLine({ item: "s/idiom/i2", target }, "right"),
    endLine(),
  ]);
  expect(lines).toEqual([
    `4s ✗ 失败 ${failed.key} auth: invalid_api_key bad key *** :: second line`,
    "5s [5秒] 2/10 进行中 0 | qwen/qwen-plus 20% 逐题均分 100.0 首字 0.201 秒",
    "6s [6秒] 2/10 进行中 0 | qwen/qwen-plus 20% 逐题均分 100.0 首字 0.201 秒",
  ]);
});

/** A call of the item with this number that was refused for its key. */
const refusedKey = (place: number) =>
  answerLine({
    item: `s/idiom/k${place}`,
    target,
    outcome: "auth",
    attempts: [
      {
        outcome: "auth",
        status: 401,
        code: "invalid_api_key",
        message: `Incorrect API key (request ${place}f3a)`,
        wait_ms: null,
        timing: null,
        streamed: false,
      },
    ],
  });

test.each([
  [
    "zh",
    "■ qwen/qwen-plus 3 次调用失败，不再提问：密钥无效 (401 invalid_api_key Incorrect API key (request 1f3a))",
  ],
  [
    "en",
    "■ qwen/qwen-plus failed in 3 calls and is asked no further: key refused (401 invalid_api_key Incorrect API key (request 1f3a))",
  ],
] as const)("a wrong key is one line, with how many calls it refused (%s)", (lang, line) => {
  const calls = [1, 2, 3].map((place) => refusedKey(place));
  const stop: RunEvent = {
    kind: "stopped",
    target,
    reason: "auth",
    status: 401,
    code: "invalid_api_key",
    message: "Incorrect API key (request 1f3a)",
  };
  const [first, ...others] = calls;
  if (first === undefined) throw new Error("no call");
  for (const events of [
    [stop, ...calls],
    [first, stop, ...others],
  ]) {
    const lines = said(lang, [runLine([target]), ...events, endLine()]);
    expect(lines.filter((each) => /^[✗■]/u.test(each))).toEqual([line]);
  }
});

test("the same failure is told once and then counted; what a filter blocked is told for each item", () => {
  const blocked = (place: number) =>
    answerLine({ item: `s/idiom/f${place}`, target, outcome: "filtered-input" });
  const lines = said("zh", [
    runLine([target]),
    ...[1, 2, 3].map((place) => refusedKey(place)),
    blocked(1),
    blocked(2),
    endLine(),
  ]);
  const told = lines.filter((each) => each.startsWith("✗"));
  expect(told).toHaveLength(4);
  expect(told[2]).toContain("s/idiom/k1");
  expect(told.at(-1)).toBe("✗ qwen/qwen-plus 又有 2 次同样的失败：密钥无效 invalid_api_key");
});

test("the log tells how far a run is while no event comes", () => {
  const view = createView();
  let now = 0;
  const lines: string[] = [];
  const log = createLog({ view, lang: "zh", print: (line) => lines.push(line), now: () => now });
  const run = runLine([target], { size: { items: 10, per_target: 10, answers: 10 } });
  for (const event of [run, { kind: "asking", key: "a", target } as const]) {
    step(view, event);
    log.take(event);
  }
  for (now = 0; now <= 16_000; now += 1_000) log.tick();
  expect(lines.map((line) => /^\S+ \S+ 进行中 1/.exec(line)?.[0])).toEqual([
    "[5秒] 0/10 进行中 1",
    "[10秒] 0/10 进行中 1",
    "[15秒] 0/10 进行中 1",
  ]);
});

test("English, and why a run stops", () => {
  const { lines } = logged("en", [runLine([target]), { kind: "stopping", reason: "budget" }]);
  expect(lines).toEqual(["1s Budget reached: no more questions; waiting for those in flight."]);
});

describe("secrets", () => {
  test.each([
    ["Incorrect API key provided: sk-proj-aBcDeFgHiJkLmNoP", "Incorrect API key provided: ***"],
    ["Authorization: Bearer abcdefgh12345678", "Authorization: Bearer ***"],
    ["AccessKeyId LTAI5tAbCdEfGhIjKl not found", "AccessKeyId *** not found"],
    ["token limit reached: 4096 tokens", "token limit reached: 4096 tokens"],
    ["your secret my-own-secret leaked", "your secret *** leaked"],
  ])("%s", (said, shown) => {
    expect(redact(said, ["my-own-secret"])).toBe(shown);
  });
});

describe("GitHub", () => {
  test("an annotation a kind of failure, one line each", () => {
    const { view } = logged("en", [runLine([target]), failed]);
    const lines = failureAnnotations(view.failures, "en").map(annotationLine);
    expect(lines).toEqual([
      "::warning title=qwen/qwen-plus auth::1 times: invalid_api_key bad key *** :: second line",
    ]);
    const tricky = { level: "error", title: "a:b,c", message: "50%\nof\rall" } as const;
    expect(annotationLine(tricky)).toBe("::error title=a%3Ab%2Cc::50%25 of all");
  });

  test("the step summary is the leaderboard", () => {
    const { view } = logged("en", [runLine([target]), itemLine(item), failed, endLine()]);
    expect(stepSummary(view, leaderboardOf(view), "en")).toContain("| Rank | Model |");
  });
});
