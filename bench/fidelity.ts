/**
 * How far the times of a real run are from the server's own stamps, both on one monotonic clock. The error includes both
 * directions: what our sending and our reading add; for the reference, what the machine and undici add by themselves.
 * Answers on kept-alive connections: opening one is reported separately. Streams of 20 events, 20 ms apart, the first
 * after 100 to 300 ms.
 */
import type { AnswerLine } from "../src/domain/run-file/lines.ts";
import type { EndLine } from "../src/domain/run-file/session.ts";

import { readRun } from "../src/store/runs/reader.ts";
import { bareRun, makeProject, ownRun, type Stamps, startServer } from "./kit/process.ts";
import { alternated, median, paired, quantile, type Row, rowOf } from "./kit/rows.ts";
import { stampedCall, stampsByItem } from "./kit/ttft-error.ts";

const shape = { chunks: 20, first_ms: 100, gap_ms: 20, spread_ms: 200 };

/** Alternations and answers for each stream in one of them. */
type Plan = { readonly rounds: number; readonly each: number };
const careful: Plan = { rounds: 5, each: 20 };
const hasty: Plan = { rounds: 1, each: 8 };

type Bounds = Readonly<
  Record<number, { readonly p50: number; readonly p99: number; readonly absolute: boolean }>
>;
/** Most TTFT error: in milliseconds, or as a multiple of the reference loop's in the same minutes. */
const bounds: Bounds = {
  64: { p50: 0.5, p99: 3, absolute: true },
  256: { p50: 1.3, p99: 1.3, absolute: false },
};

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (const streams of [1, 64, 256])
    all.push(...(await measure(streams, quick ? hasty : careful)));
  return all;
}

/** Errors of one run; of the reference loop only those of the first token are known. */
type Side = {
  readonly errors: Readonly<Record<keyof typeof words, readonly number[]>>;
  readonly loop: EndLine["loop"] | null;
};

async function measure(streams: number, { rounds, each }: Plan): Promise<readonly Row[]> {
  const items = streams * each;
  const server = await startServer(shape);
  const project = await makeProject(server.url, items, streams);
  const stamps = async (): Promise<ReadonlyMap<number, Stamps>> =>
    stampsByItem(await server.stamps());
  try {
    const both = await alternated<Side>(
      rounds,
      async () => {
        const { ttft } = await bareRun(server.url, items, streams, project.folder);
        return {
          errors: { ttft: bareErrorsOf(ttft, await stamps()), gap: [], total: [] },
          loop: null,
        };
      },
      async () => {
        const { file, end } = await ownRun(project.folder, "log");
        const known = await stamps();
        const errors = (await readRun(file))
          .filter((line): line is AnswerLine => line.kind === "answer")
          .flatMap((answer) => errorsOf(answer, known));
        const of = (kind: keyof typeof words) => errors.map((error) => error[kind]);
        return { errors: { ttft: of("ttft"), gap: of("gap"), total: of("total") }, loop: end.loop };
      },
    );
    const name = `${streams} stream${streams === 1 ? "" : "s"}`;
    const bound = bounds[streams];
    return (["ttft", "gap", "total"] as const).flatMap((kind) =>
      (
        [
          ["p50", 0.5],
          ["p99", 0.99],
        ] as const
      ).map(([level, share]) => {
        const { value, ...against } = paired(both, ({ errors }) => quantile(errors[kind], share));
        const isFirst = kind === "ttft";
        return rowOf(`${words[kind]} error ${level}: ${name}`, {
          value,
          unit: "ms",
          ...(isFirst && against),
          ...(isFirst &&
            bound !== undefined && { bound: { most: bound[level] }, absolute: bound.absolute }),
          ...(isFirst && level === "p50" && { note: noteOf(both.ours) }),
        });
      }),
    );
  } finally {
    project.remove();
    await server.close();
  }
}

function noteOf(sides: readonly Side[]): string {
  const loop = (measured: (loop: EndLine["loop"]) => number | null): number =>
    median(sides.map((side) => (side.loop === null ? null : measured(side.loop)) ?? Number.NaN));
  const busy = loop(({ utilisation }) => utilisation * 100).toFixed(0);
  const lag = loop(({ lag_p99_ms }) => lag_p99_ms).toFixed(1);
  const send = loop(({ send_lag_p50_ms }) => send_lag_p50_ms).toFixed(2);
  return `${sides.length} × ${sides[0]?.errors.ttft.length} answers; loop ${busy} % busy, lag p99 ${lag} ms, send lag ${send} ms`;
}

const bareErrorsOf = (
  ttft: readonly (readonly [number, number])[],
  stamps: ReadonlyMap<number, Stamps>,
): readonly number[] =>
  ttft.flatMap(([item, ms]) => {
    const stamp = stamps.get(item);
    return stamp === undefined ? [] : [Math.abs(ms - (stamp.first - stamp.received))];
  });

const words = { ttft: "TTFT", gap: "longest gap", total: "end to end" } as const;

/** Errors of the time to the first event, of the longest gap between two events, and of the time to the last. */
function errorsOf(answer: AnswerLine, stamps: ReadonlyMap<number, Stamps>) {
  const call = stampedCall(answer, stamps);
  if (call === null || call.timing.first_token_ms === null || call.timing.last_token_ms === null)
    return [];
  const { timing, stamp } = call;
  return [
    {
      ttft: Math.abs(call.timing.first_token_ms - (stamp.first - stamp.received)),
      gap: Math.abs((timing.max_gap_ms ?? 0) - stamp.max_gap),
      total: Math.abs(call.timing.last_token_ms - (stamp.last - stamp.received)),
    },
  ];
}
