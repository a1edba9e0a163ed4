import type { RunEvent } from "../../domain/run-file/event.ts";
import type { Lang } from "../../domain/text.ts";
import type { FrameData, UiState } from "../ui-state.ts";

import {
  answerLine,
  itemLine,
  runLine,
  scoreLine,
  targetEntry,
} from "../../report/testing/lines.ts";
import { createView, step } from "../../report/view/view.ts";
import { frame } from "../frame.ts";
import { createLiveScores } from "../pages/live-scores.ts";
import { createRunProgress } from "../progress.ts";
import { createRecent } from "../recent.ts";
import { initialUiState } from "../ui-state.ts";
import { textOf } from "./frames.tsx";

/** What happens to a run up to the moment of its picture; `wait` lets seconds pass. */
type Stage = {
  readonly take: (event: RunEvent) => void;
  readonly wait: (seconds: number) => void;
};

const dimensions = ["成语", "古诗文", "逻辑推理", "数学应用"];
const itemOf = (index: number): string => `sample/t${index % 4}/i${index}`;
const mine = "mine/my-model";
const three = ["qwen/qwen-plus", "deepseek/deepseek-chat", "mine/my-model"];

function begin({ take }: Stage, refs: readonly string[], items: number): void {
  const targets = refs.map((ref) =>
    targetEntry(ref, { limits: { scope: "account", concurrency: 4, rpm: null, tpm: null } }),
  );
  take(runLine(targets, { size: { items, per_target: items, answers: items * refs.length } }));
  for (let index = 0; index < items; index++) {
    take(itemLine(itemOf(index), { dimension: ["样卷", dimensions[index % 4] ?? ""] }));
  }
}

const ask = ({ take }: Stage, target: string, index: number): void =>
  take({ kind: "asking", key: `${itemOf(index)}#1@${target}`, target });

/** Every third or so is wrong: the targets differ. */
function answer(stage: Stage, target: string, index: number, wrongEvery: number): void {
  const facts = { item: itemOf(index), target };
  stage.take(answerLine({ ...facts, first_token_ms: 300 + 10 * index, total_ms: 1_500 }));
  stage.take(scoreLine(facts, index % wrongEvery === 0 ? "wrong" : "right"));
  stage.wait(1);
}

const limited = {
  outcome: "rate-limited",
  code: "429",
  message: "Rate limit reached for requests, try again in 20s",
} as const;

const states: Readonly<Record<string, { ui?: Partial<UiState>; run: (stage: Stage) => void }>> = {
  waiting: {
    run: (stage) => {
      begin(stage, [mine], 24);
      for (const index of [0, 1, 2, 3]) ask(stage, mine, index);
      stage.wait(41);
    },
  },
  loading: {
    run: (stage) => {
      begin(stage, [mine], 24);
      ask(stage, mine, 0);
      const key = `${itemOf(0)}#1@${mine}`;
      const said = { outcome: "overloaded", code: "503", message: "Loading model" } as const;
      const lane = { lane: "mine", lane_wait_ms: 5_000, wait_ms: 5_000, loading_ms: 97_000 };
      stage.take({ kind: "retrying", key, target: mine, ...said, ...lane });
      stage.wait(2);
    },
  },
  throttled: {
    run: (stage) => {
      begin(stage, [mine], 24);
      for (let index = 0; index < 9; index++) answer(stage, mine, index, 4);
      ask(stage, mine, 9);
      const key = `${itemOf(9)}#1@${mine}`;
      const lane = { lane: "mine", lane_wait_ms: 20_000, wait_ms: 20_000 };
      stage.take({ kind: "retrying", key, target: mine, ...limited, ...lane });
      stage.wait(4);
    },
  },
  "a server that went away": {
    ui: { page: "failures" },
    run: (stage) => {
      begin(stage, [mine], 24);
      for (let index = 0; index < 6; index++) answer(stage, mine, index, 4);
      ask(stage, mine, 6);
      const key = `${itemOf(6)}#1@${mine}`;
      const said = {
        outcome: "network",
        code: "ECONNREFUSED",
        message: "connect ECONNREFUSED 127.0.0.1:8000",
      } as const;
      const lane = { lane: "mine", lane_wait_ms: 20_000, wait_ms: 20_000 };
      stage.take({ kind: "retrying", key, target: mine, ...said, ...lane });
      stage.wait(4);
    },
  },
  "one target": {
    run: (stage) => {
      begin(stage, [mine], 24);
      for (let index = 0; index < 14; index++) answer(stage, mine, index, 5);
      for (const index of [14, 15, 16]) ask(stage, mine, index);
      stage.wait(2);
    },
  },
  "three targets": {
    run: (stage) => {
      begin(stage, three, 24);
      for (let index = 0; index < 12; index++) {
        for (const [place, ref] of three.entries()) {
          if (index < 12 - 3 * place) answer(stage, ref, index, 6 - place);
        }
      }
      for (const [place, ref] of three.entries()) ask(stage, ref, 12 + place);
      stage.wait(1);
    },
  },
  failure: {
    ui: { page: "failures" },
    run: (stage) => {
      begin(stage, [mine], 24);
      for (let index = 0; index < 6; index++) answer(stage, mine, index, 4);
      for (const index of [6, 7]) {
        const said = { status: 503, code: "503", message: "Loading model" };
        const attempt = { outcome: "overloaded", ...said, wait_ms: null, timing: null } as const;
        const attempts = [{ ...attempt, streamed: false }];
        const facts = { item: itemOf(index), target: mine, attempts };
        stage.take(answerLine({ ...facts, outcome: "overloaded" }));
        stage.wait(2);
      }
    },
  },
  resumed: {
    run: (stage) => {
      begin(stage, [mine], 24);
      for (let index = 0; index < 16; index++) answer(stage, mine, index, 5);
      const { settings } = runLine([mine]);
      stage.take({
        kind: "resume",
        when: "2026-11-21T21:00:00.000Z",
        tool: { version: "0.1.0", commit: null, node: "v24.0.0" },
        settings,
      });
      answer(stage, mine, 16, 5);
      ask(stage, mine, 17);
      stage.wait(3);
    },
  },
};

/** The screen of a run in each of its states, as text: file name to content, at 80, 120 and 160 columns. */
export function stateCaptures(): ReadonlyMap<string, string> {
  const made = new Map<string, string>();
  for (const lang of ["zh", "en"] as const) {
    const screens = Object.keys(states).flatMap((name) =>
      [80, 120, 160].map(
        (columns) => `── ${name}, ${columns} ──\n${screenOf(name, lang, columns)}`,
      ),
    );
    made.set(`states.${lang}.txt`, `${screens.join("\n\n")}\n`);
  }
  return made;
}

function screenOf(name: string, lang: Lang, columns: number): string {
  let now = 0;
  const view = createView();
  const recent = createRecent();
  const progress = createRunProgress(view, () => now);
  const stage: Stage = {
    take: (event) => {
      step(view, event);
      recent.take(event);
      progress.take(event);
    },
    wait: (seconds) => {
      for (let passed = 0; passed < seconds; passed++) {
        now += 1_000;
        progress.sample();
      }
    },
  };
  const { ui, run } = states[name] ?? { run: () => undefined };
  run(stage);
  const data: FrameData = {
    view,
    ui: { ...initialUiState, ...ui },
    lang,
    columns,
    rows: 20,
    elapsed_ms: progress.elapsedMs(),
    eta: progress.eta(),
    state: progress.state(),
    scores: createLiveScores(view, () => now)(true),
    failures: view.failures.toReversed(),
    recent: recent.list(),
  };
  return frame(data)
    .map((line) => textOf(line).trimEnd())
    .join("\n");
}
