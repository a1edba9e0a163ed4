import type { Outcome } from "../../domain/outcome.ts";
import type { Lang } from "../../domain/text.ts";
import type { AnswerLines } from "../run-lines.ts";

import {
  answerLine,
  itemLine,
  runLine,
  scoreLine,
  targetEntry,
} from "../../report/testing/lines.ts";
import { createView, step } from "../../report/view/view.ts";
import { createLiveScores } from "../pages/live-scores.ts";
import { createRecent } from "../recent.ts";
import { initialUiState, type UiState, type FrameData } from "../ui-state.ts";

/** The worst a model could send: escapes, bidi, invisible characters, joined emoji, stacked marks, endless lines. */
export const hostile = [
  "\u001B[2J\u001B[5;5H屏幕\u001B]0;title\u0007\u009B31m",
  "\u202E反\u202C\u2066隔离\u2069\u200B\u200D零宽\uFEFF",
  "👨‍👩‍👧‍👦👍🏽🇨🇳🏴‍☠️☺️ नमस्ते क्ष Z̸̧̢̛̗̤̱̯̈́͂",
  "\uD83D 半个 \uDE00\u0000\u0008\u007F\tTab\r\n换行\u2028段",
  "长".repeat(5_000) + "x".repeat(5_000),
].join("\n");

const outcomes: readonly Outcome[] = [
  "ok",
  "ok",
  "timeout",
  "ok",
  "filtered-input",
  "rate-limited",
];

/** A run in progress with everything that strains a screen. */
export function frameDataOf(
  size: { readonly columns: number; readonly rows: number },
  lang: Lang,
  ui: Partial<UiState> = {},
): FrameData {
  const view = createView();
  const recent = createRecent();
  const take = (event: Parameters<typeof step>[1]): void => {
    step(view, event);
    recent.take(event);
  };
  const refs = ["qwen/qwen-plus@think", "sim/远山-一个名字特别长的模型-2026-11-21", "b/👨‍👩‍👧"];
  const run = runLine(
    refs.map((ref) =>
      targetEntry(ref, { limits: { scope: "model", concurrency: 16, rpm: 60, tpm: null } }),
    ),
    { size: { items: 40, per_target: 40, answers: 120 } },
  );
  take({
    ...run,
    settings: { ...run.settings, max_cost: { amount: 0.05, currency: "CNY" } },
  });
  for (let index = 0; index < 20; index++) {
    const item = `chinese-traits/成语-${index % 5}/i${index}`;
    take(itemLine(item, { dimension: ["中文特性", `成语与典故 ${index % 5}`, `叶 ${index % 7}`] }));
    for (const [place, target] of refs.entries()) {
      const outcome = outcomes[(index + place) % outcomes.length] ?? "ok";
      const attempt = { outcome, status: 429, code: hostile.slice(0, 40), message: hostile };
      const attempts = [{ ...attempt, wait_ms: null, timing: null, streamed: false }];
      const call = place === 0 && outcome === "ok" ? { model_returned: "m-2026-01-01" } : {};
      const said = { outcome, text: hostile, simulated: place === 1, attempts, call };
      take(answerLine({ item, target, ...said }));
      if (outcome !== "ok") continue;
      take({
        ...scoreLine({ item, target }, index % 3 === 0 ? "wrong" : "right"),
        extracted: hostile,
      });
    }
  }
  const scores = scored(view);
  return {
    view,
    ui: { ...initialUiState, ...ui },
    lang,
    ...size,
    elapsed_ms: 83_000,
    eta: { kind: "known", ms: 754_000, slowest: refs[1] ?? "" },
    state: {
      waits: new Map([
        [
          refs[0] ?? "",
          {
            outcome: "rate-limited",
            until_ms: 120_000,
            said: hostile,
            isLoading: false,
            given_up_ms: null,
          },
        ],
      ]),
      stopped: new Map(),
      limits: new Map(),
      oldest_ms: new Map([[refs[1] ?? "", 41_000]]),
    },
    scores,
    failures: view.failures.toReversed(),
    recent: recent.list(),
  };
}

function scored(view: Parameters<typeof createLiveScores>[0]) {
  let now = 0;
  const live = createLiveScores(view, () => (now += 0.001));
  return live(true);
}

/** A conversation in which every text is hostile. */
export function hostileLines(): AnswerLines {
  const item = "chinese-traits/成语-0/i0";
  const target = "qwen/qwen-plus@think";
  const asked = itemLine(item);
  const answer = answerLine({ item, target, text: hostile, call: { reasoning: hostile } });
  return {
    item: { ...asked, asks: asked.asks.map((ask) => ({ ...ask, turns: [hostile] })) },
    answer,
    score: { ...scoreLine({ item, target }, "right"), extracted: hostile, why: hostile },
  };
}
