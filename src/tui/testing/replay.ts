import type { RunEvent } from "../../domain/run-file/event.ts";
import type { AnswerLine, RunFileLine } from "../../domain/run-file/lines.ts";
import type { Lang } from "../../domain/text.ts";
import type { Line } from "../line.ts";
import type { AnswerLines } from "../run-lines.ts";
import type { Page, UiState } from "../ui-state.ts";

import { laneId } from "../../engine/calls/lanes.ts";
import { createView, step } from "../../report/view/view.ts";
import { frame } from "../frame.ts";
import { createLiveScores } from "../pages/live-scores.ts";
import { createRunProgress } from "../progress.ts";
import { createRecent } from "../recent.ts";
import { initialUiState } from "../ui-state.ts";

/** What the screen showed of a run: when, how large, and where its user was. */
export type Shot = {
  /** Milliseconds after the run began. */
  readonly at_ms: number;
  readonly columns: number;
  readonly rows: number;
  readonly lang: Lang;
  readonly page?: Page;
  /** Opens the conversation of the selected failure, from this line on. */
  readonly reads?: { readonly scroll: number };
};

type Timed = { readonly at_ms: number; readonly event: RunEvent };

/** How often the screen is drawn. */
const drawMs = 200;

/** The screen of a finished run as it was at a moment, drawn from the lines of its file. */
export function screenAt(lines: readonly RunFileLine[], shot: Shot): readonly Line[] {
  const { at_ms, columns, rows, lang, page = "targets", reads } = shot;
  let now = 0;
  const view = createView();
  const recent = createRecent();
  const progress = createRunProgress(view, () => now);
  const scores = createLiveScores(view, () => now);
  const timed = eventsOf(lines);
  let next = 0;
  for (let drawn = 0; drawn <= at_ms; drawn += drawMs) {
    for (let each = timed[next]; each !== undefined && each.at_ms <= drawn; each = timed[next]) {
      now = Math.max(now, each.at_ms);
      step(view, each.event);
      recent.take(each.event);
      progress.take(each.event);
      next += 1;
    }
    now = drawn;
    progress.sample();
  }
  const failures = view.failures.toReversed();
  const key = reads === undefined ? undefined : failures[0]?.key;
  const ui: UiState = {
    ...initialUiState,
    page,
    reading: key === undefined ? null : { key, lines: linesOf(lines, key) },
    scroll: reads?.scroll ?? 0,
  };
  return frame({
    view,
    ui,
    lang,
    columns,
    rows,
    elapsed_ms: progress.elapsedMs(),
    eta: progress.eta(),
    state: progress.state(),
    scores: scores(true),
    failures,
    recent: recent.list(),
  });
}

/** The events of a run in the order of their times. What stands without a time was there from the start. */
function eventsOf(lines: readonly RunFileLine[]): readonly Timed[] {
  const [header] = lines;
  if (header?.kind !== "run") throw new Error("a run file begins with its header");
  const start = Date.parse(header.started_at);
  const ends = new Map<string, number>();
  const timed = lines.flatMap((line): readonly Timed[] => {
    if (line.kind === "answer") {
      const calls = callsOf(line, start, header.targets);
      ends.set(line.key, calls.at(-1)?.at_ms ?? 0);
      return calls;
    }
    if (line.kind === "score") return [{ at_ms: ends.get(line.key) ?? 0, event: line }];
    return line.kind === "run" || line.kind === "item" ? [{ at_ms: 0, event: line }] : [];
  });
  // Events of one moment keep their order.
  return timed.toSorted((a, b) => a.at_ms - b.at_ms);
}

type Targets = Extract<RunFileLine, { readonly kind: "run" }>["targets"];

/** Each attempt of an answer as it is sent and as it fails, then the answer. */
function callsOf(line: AnswerLine, start: number, targets: Targets): readonly Timed[] {
  const { key, target } = line;
  const entry = targets.find(({ ref }) => ref === target);
  const asking = { kind: "asking", key, target } as const;
  let end = 0;
  const events = line.turns.flatMap(({ attempts, timing }) =>
    attempts.flatMap((attempt, index): readonly Timed[] => {
      const times = index === attempts.length - 1 ? timing : attempt.timing;
      if (times == null) return [];
      const began = Date.parse(times.started_at) - start;
      end = began + times.total_ms;
      const sent: Timed = { at_ms: began, event: asking };
      const { outcome, code, message, wait_ms } = attempt;
      if (wait_ms === null) return [sent];
      const lane = entry === undefined ? target : laneId(entry);
      const waits = { wait_ms, lane, lane_wait_ms: 0 };
      const again = { kind: "retrying", key, target, outcome, code, message, ...waits } as const;
      return [sent, { at_ms: end, event: again }];
    }),
  );
  return [...events, { at_ms: end, event: line }];
}

function linesOf(lines: readonly RunFileLine[], key: string): AnswerLines {
  const answer = lines.find((line) => line.kind === "answer" && line.key === key);
  const score = lines.find((line) => line.kind === "score" && line.key === key);
  const item = lines.find(
    (line) => line.kind === "item" && answer?.kind === "answer" && line.item === answer.item,
  );
  return {
    item: item?.kind === "item" ? item : null,
    answer: answer?.kind === "answer" ? answer : null,
    score: score?.kind === "score" ? score : null,
  };
}
