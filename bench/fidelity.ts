/**
 * How far the times of a real run are from the server's own stamps, both on one monotonic clock. The error includes both
 * directions: what our sending and our reading add; for the reference, what the machine and undici add by themselves.
 * Answers on kept-alive connections: opening one is reported separately. Streams of 20 events, 20 ms apart, the first
 * after 100 to 300 ms.
 */
import type { AnswerLine } from "../src/domain/run-file/lines.ts";

import { readRun } from "../src/store/runs/reader.ts";
import { bareRun, makeProject, ownRun, type Stamps, startServer } from "./kit/process.ts";
import { quantile, type Row, rowOf } from "./kit/rows.ts";
import { stampedCall, stampsByItem } from "./kit/ttft-error.ts";

const shape = { chunks: 20, first_ms: 100, gap_ms: 20, spread_ms: 200 };
const bounds: Readonly<Record<number, { readonly p50?: number; readonly p99: number }>> = {
  64: { p50: 0.5, p99: 3 },
  256: { p99: 10 },
};

export async function rows({ quick }: { readonly quick: boolean }): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (const streams of [1, 64, 256]) all.push(...(await measure(streams, quick)));
  return all;
}

async function measure(streams: number, quick: boolean): Promise<readonly Row[]> {
  const items = streams === 1 ? (quick ? 10 : 40) : streams * (quick ? 8 : 20);
  const server = await startServer(shape);
  const project = await makeProject(server.url, items, streams);
  try {
    const bare = await bareRun(server.url, items, streams, project.folder);
    const bareErrors = bareErrorsOf(bare.ttft, stampsByItem(await server.stamps()));
    const { file, end } = await ownRun(project.folder, "log");
    const stamps = stampsByItem(await server.stamps());
    const lines = await readRun(file);
    const answers = lines.filter((line): line is AnswerLine => line.kind === "answer");
    const errors = answers.flatMap((answer) => errorsOf(answer, stamps));
    const name = `${streams} stream${streams === 1 ? "" : "s"}`;
    const loop = `loop ${(end.loop.utilisation * 100).toFixed(0)} % busy, lag p99 ${end.loop.lag_p99_ms.toFixed(1)} ms, send lag ${end.loop.send_lag_p50_ms?.toFixed(2) ?? "-"} ms`;
    const bound = bounds[streams];
    return (["ttft", "gap", "total"] as const).flatMap((kind) =>
      (
        [
          ["p50", 0.5],
          ["p99", 0.99],
        ] as const
      ).map(([level, share]) => {
        const most = kind === "ttft" ? bound?.[level] : undefined;
        return rowOf(`${words[kind]} error ${level}: ${name}`, {
          value: quantile(
            errors.map((each) => each[kind]),
            share,
          ),
          unit: "ms",
          absolute: true,
          ...(kind === "ttft" && { reference: quantile(bareErrors, share) }),
          ...(most !== undefined && { bound: { most } }),
          ...(kind === "ttft" && level === "p50" && { note: `${errors.length} answers; ${loop}` }),
        });
      }),
    );
  } finally {
    project.remove();
    await server.close();
  }
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
