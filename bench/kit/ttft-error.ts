import type { AnswerLine } from "../../src/domain/run-file/lines.ts";
import type { Stamps } from "./process.ts";

/** The server's stamps by item number. */
export const stampsByItem = (all: readonly Stamps[]): ReadonlyMap<number, Stamps> =>
  new Map(all.map((each) => [each.item, each]));

/** An answer's only call with the server's stamps of it; null where there are none, or where it opened a connection. */
export function stampedCall(
  { item, turns }: AnswerLine,
  stamps: ReadonlyMap<number, Stamps>,
): {
  readonly timing: NonNullable<AnswerLine["turns"][number]["timing"]>;
  readonly stamp: Stamps;
} | null {
  const timing = turns[0]?.timing ?? null;
  const stamp = stamps.get(Number(item.slice(item.lastIndexOf("/a") + 2)));
  return stamp === undefined || timing === null || timing.connect_ms !== null
    ? null
    : { timing, stamp };
}

/** What the run file says less what the server says, in milliseconds; null without a first token. */
export function ttftError(answer: AnswerLine, stamps: ReadonlyMap<number, Stamps>): number | null {
  const call = stampedCall(answer, stamps);
  if (call === null || call.timing.first_token_ms === null) return null;
  return Math.abs(call.timing.first_token_ms - (call.stamp.first - call.stamp.received));
}
