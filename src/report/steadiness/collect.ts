import type { Attempt, CallRecord, Timing } from "../../domain/call.ts";
import type { WindowsLine } from "../../domain/nights/lines.ts";
import type { AnswerLine } from "../../domain/run-file/lines.ts";

import { columnText } from "../../domain/nights/lines.ts";
import { type MetAs, meetingOf, meetings } from "../../domain/nights/meeting.ts";
import { sketchOf } from "../../stats/sketch.ts";
import { replyOf } from "../nightly/replies.ts";

/** The window in which SLAs count errors. */
export const windowMs = 300_000;
export const hourMs = 3_600_000;

/** Folds the answers of run files into windows, target by target. */
export type WindowCollector = {
  readonly add: (line: AnswerLine) => void;
  /** Per target in the order in which they were first asked; those that were never asked by themselves have none. */
  readonly lines: () => readonly WindowsLine[];
};

/** An empty collector. An attempt that stands in several answers, as in a file that was merged, counts once. */
export function windowCollector(): WindowCollector {
  const targets = new Map<string, TargetWindowsDraft>();
  return {
    add: ({ target, key, turns, lagged = false }) => {
      const draft = targets.get(target) ?? newDraft();
      targets.set(target, draft);
      for (const [turn, call] of turns.entries()) {
        addCall(draft, call, { name: `${key} ${turn}`, lagged });
      }
    },
    lines: () =>
      [...targets].flatMap(([ref, draft]) =>
        draft.windows.size === 0 ? [] : [lineOf(ref, draft)],
      ),
  };
}

type WindowDraft = {
  calls: number;
  first: number;
  counted: number;
  server: number;
  readonly met: Partial<Record<MetAs, number>>;
};

type HourDraft = { readonly firsts: number[]; readonly totals: number[]; late: number };

type TargetWindowsDraft = {
  readonly windows: Map<number, WindowDraft>;
  readonly hours: Map<number, HourDraft>;
  readonly seen: Set<string>;
};

const newDraft = (): TargetWindowsDraft => ({
  windows: new Map(),
  hours: new Map(),
  seen: new Set(),
});

function addCall(
  draft: TargetWindowsDraft,
  call: CallRecord,
  { name, lagged }: { readonly name: string; readonly lagged: boolean },
): void {
  const empty = replyOf({ turns: [call] }).kind === "empty";
  for (const [at, attempt] of call.attempts.entries()) {
    const isLast = at === call.attempts.length - 1;
    const timing = attempt.timing ?? (isLast ? call.timing : null);
    const met = meetingOf(attempt, isLast && empty);
    if (timing === null || met === null) continue;
    const id = `${name} ${at} ${timing.started_at}`;
    if (draft.seen.has(id)) continue;
    draft.seen.add(id);
    addAttempt(draft, attempt, { met, timing, isFirst: at === 0, lagged });
  }
}

type Met = {
  readonly met: MetAs;
  readonly timing: Timing;
  readonly isFirst: boolean;
  readonly lagged: boolean;
};

function addAttempt(
  { windows, hours }: TargetWindowsDraft,
  { status }: Attempt,
  { met, timing, isFirst, lagged }: Met,
): void {
  const started = Date.parse(timing.started_at);
  const at = Math.floor(started / windowMs);
  const window = windows.get(at) ?? { calls: 0, first: 0, counted: 0, server: 0, met: {} };
  windows.set(at, window);
  window.met[met] = (window.met[met] ?? 0) + 1;
  if (isFirst && met !== "refused") {
    window.calls += 1;
    if (met === "answered") window.first += 1;
  }
  if (status !== null && !(status >= 400 && status < 500)) {
    window.counted += 1;
    if (status >= 500) window.server += 1;
  }
  const hourAt = Math.floor(started / hourMs);
  const hour = hours.get(hourAt) ?? { firsts: [], totals: [], late: 0 };
  hours.set(hourAt, hour);
  if (met === "timeout") hour.late += 1;
  // Times that this machine spoilt tell nothing about the service.
  if (met !== "answered" || lagged) return;
  hour.totals.push(timing.total_ms);
  if (timing.first_token_ms !== null) hour.firsts.push(timing.first_token_ms);
}

function lineOf(ref: string, { windows, hours }: TargetWindowsDraft): WindowsLine {
  const sorted = [...windows].toSorted(([a], [b]) => a - b);
  const places = sorted.map(([at]) => at);
  const column = (value: (window: WindowDraft) => number): string =>
    columnText(sorted.map(([, window]) => value(window)));
  const came = meetings.filter((kind) => sorted.some(([, { met }]) => met[kind] !== undefined));
  const all = [...hours.values()];
  const firsts = all.reduce((sum, each) => sum + each.firsts.length, 0);
  const timed = firsts > 0 ? "first_token" : "total";
  return {
    kind: "windows",
    ref,
    from: places[0] ?? 0,
    after: columnText(places.map((place, at) => place - (places[at - 1] ?? place))),
    calls: column(({ calls }) => calls),
    first: column(({ first }) => first),
    met: Object.fromEntries(came.map((kind) => [kind, column(({ met }) => met[kind] ?? 0)])),
    counted: column(({ counted }) => counted),
    server: column(({ server }) => server),
    timed,
    hours: [...hours]
      .toSorted(([a], [b]) => a - b)
      .map(([hour, each]) => {
        const { from, counts } = sketchOf(timed === "total" ? each.totals : each.firsts);
        return { hour, times: { from, counts: columnText(counts) }, late: each.late };
      }),
  };
}
