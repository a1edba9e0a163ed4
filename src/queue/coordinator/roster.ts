import type { Redis } from "ioredis";

import type { RunEvent, WorkerSeen } from "../../domain/run-file/event.ts";
import type { EndLine, LoopHealth } from "../../domain/run-file/session.ts";
import type { Text } from "../../domain/text.ts";

import { queueNames, WorkerSign } from "../messages.ts";

/** The workers of a run, as their signs of life say. */
export type Roster = {
  /** Reads the signs; called every second. */
  readonly read: () => Promise<void>;
  readonly alive: () => readonly WorkerSign[];
  /** Why those that are there do not ask a target. */
  readonly refusals: (target: string) => readonly Text[];
  /** Counts an answer of a worker. */
  readonly count: (worker: string) => void;
  /** True once every worker that lives has told how its session was. */
  readonly isTold: () => boolean;
  readonly ends: () => Pick<EndLine, "loop" | "workers">;
};

/** A worker that gives no other sign for this long is gone. */
const silentMs = 10_000;
const secondOf = (ms: number): number => Math.floor(ms / 1_000);

type Known = {
  sign: WorkerSign;
  seenAt: number;
  isGone: boolean;
};

/** Answers of a worker: how many, and by second of the monotonic clock how many came in the last minute. */
type Tally = { answers: number; readonly bySecond: Map<number, number> };

export function createRoster(
  redis: Redis,
  run: string,
  observe: (event: RunEvent) => void,
): Roster {
  const known = new Map<string, Known>();
  const tallies = new Map<string, Tally>();
  const tell = (zh: string, en: string): void => observe({ kind: "queue", text: { zh, en } });

  const take = (sign: WorkerSign): void => {
    const { worker, region } = sign;
    const before = known.get(worker);
    const now = performance.now();
    if (before === undefined || before.isGone) {
      if (before !== undefined && sign.beat === before.sign.beat) return;
      known.set(worker, { sign, seenAt: now, isGone: false });
      const at = region === null ? "" : `（${region}）`;
      tell(
        `工作进程 ${worker}${at} 已加入，回答 ${sign.serves.join("、") || "（没有目标）"}`,
        `worker ${worker}${region === null ? "" : ` (${region})`} has joined and asks ${sign.serves.join(", ") || "nothing"}`,
      );
      for (const { target, why } of sign.refuses) {
        tell(
          `工作进程 ${worker} 不问 ${target}：${why.zh}`,
          `worker ${worker} does not ask ${target}: ${why.en}`,
        );
      }
      return;
    }
    if (sign.beat !== before.sign.beat) before.seenAt = now;
    before.sign = sign;
  };

  const alive = (): readonly Known[] => [...known.values()].filter(({ isGone }) => !isGone);

  return {
    read: async () => {
      const signs = await redis.hgetall(queueNames.workers(run));
      for (const text of Object.values(signs)) {
        const parsed = WorkerSign.safeParse(JSON.parse(text));
        if (parsed.success) take(parsed.data);
      }
      const now = performance.now();
      for (const each of alive()) {
        if (each.sign.loop !== null || now - each.seenAt < silentMs) continue;
        each.isGone = true;
        tell(
          `工作进程 ${each.sign.worker} 没有了音讯，它手里的题会由别的进程接着问`,
          `worker ${each.sign.worker} has gone silent; others take over what it was asking`,
        );
      }
      observe({
        kind: "workers",
        workers: alive().map((each) => seenOf(each, tallies.get(each.sign.worker), now)),
      });
    },
    alive: () => alive().map(({ sign }) => sign),
    refusals: (target) =>
      alive().flatMap(({ sign }) =>
        sign.refuses
          .filter((each) => each.target === target)
          .map(({ why }) => ({ zh: `${sign.worker}：${why.zh}`, en: `${sign.worker}: ${why.en}` })),
      ),
    count: (worker) => {
      const tally = tallies.get(worker) ?? { answers: 0, bySecond: new Map() };
      tallies.set(worker, tally);
      tally.answers += 1;
      const second = secondOf(performance.now());
      tally.bySecond.set(second, (tally.bySecond.get(second) ?? 0) + 1);
    },
    isTold: () =>
      [...tallies.keys()].every((worker) => known.has(worker)) &&
      alive().every(({ sign }) => sign.loop !== null),
    ends: () => {
      const all = [...known.values()].map(({ sign }) => ({
        worker: sign.worker,
        region: sign.region,
        answers: tallies.get(sign.worker)?.answers ?? 0,
        loop: sign.loop,
      }));
      const asked = all.filter(({ answers }) => answers > 0);
      return { loop: worst(asked.map(({ loop }) => loop)), workers: asked };
    },
  };
}

function seenOf({ sign }: Known, tally: Tally | undefined, now: number): WorkerSeen {
  const { answers, bySecond } = tally ?? { answers: 0, bySecond: new Map<number, number>() };
  for (const second of bySecond.keys()) if (second <= secondOf(now) - 60) bySecond.delete(second);
  const { worker, region, serves, in_flight, utilisation, lag_p99_ms } = sign;
  const per_minute = [...bySecond.values()].reduce((sum, count) => sum + count, 0);
  return { worker, region, serves, in_flight, answers, per_minute, utilisation, lag_p99_ms };
}

/** The health that decides whether times are trusted: that of a worker that is not, else the slowest. */
function worst(loops: readonly (LoopHealth | null)[]): LoopHealth {
  const told = loops
    .filter((loop) => loop !== null)
    .toSorted((a, b) => (b.timing_error?.p99_ms ?? 0) - (a.timing_error?.p99_ms ?? 0));
  return told.find(({ trusted }) => !trusted) ?? told[0] ?? untold;
}

/** Of workers that were all gone before they could tell. */
const untold: LoopHealth = { utilisation: 0, lag_p99_ms: 0, send_lag_p50_ms: null, trusted: false };
