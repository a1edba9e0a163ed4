import type { Reply } from "../../domain/call.ts";
import type { Text } from "../../domain/text.ts";

export type Probed = {
  /** What to send at once; null where no probe was answered. */
  readonly concurrency: number | null;
  readonly words: Text;
};

type Refused = Pick<Reply, "outcome" | "message">;

/** Milliseconds of the slowest of so many calls that start together, or the reply of one that was refused. */
export type AskTogether = (calls: number) => Promise<number | Refused>;

/** Where calls wait for each other, the slower of two takes about twice as long as one alone; by chance seldom this much. */
const serialFrom = 1.6;
/** Looks that must agree before a server is called serial: single answers differ by half of their length and more. */
const looks = 3;
/** How much longer the slowest of four may take than one alone, where they are served together. */
const togetherUpTo = 1.5;

/**
 * What a server's answers say about how much to send it at once. After a call that only warms it up, one alone and two at once
 * are timed in turn, up to three times. The server is serial where the least of all pairs takes 1.6 times the median of those
 * alone; the first pair that is faster settles that it is not.
 */
export async function proposedConcurrency(ask: AskTogether): Promise<Probed> {
  const first = await ask(1);
  if (typeof first !== "number") return unanswered(first);
  const alone: number[] = [];
  const pairs: number[] = [];
  while (pairs.length < looks) {
    const one = await ask(1);
    if (typeof one !== "number") return unanswered(one);
    alone.push(one);
    const pair = await ask(2);
    if (typeof pair !== "number") return refused(pair);
    pairs.push(pair);
    if (pair < median(alone) * serialFrom) return abreast(alone, pair, ask);
  }
  return serial(median(alone), Math.min(...pairs));
}

/** Four at once, and a second look where the first was slow. */
async function abreast(alone: readonly number[], pair: number, ask: AskTogether): Promise<Probed> {
  const one = median(alone);
  for (let look = 0; look < 2; look++) {
    const four = await ask(4);
    if (typeof four !== "number") break;
    if (four <= one * togetherUpTo) return together(8, 4, one, four);
  }
  return together(2, 2, one, pair);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}

const unanswered = ({ outcome, message }: Refused): Probed => ({
  concurrency: null,
  words: {
    zh: `试发一次没有成功（${outcome}：${message ?? ""}），并发未定；接通后用 ping 再看`,
    en: `a probe got no answer (${outcome}: ${message ?? ""}), so no concurrency is proposed; see ping once it runs`,
  },
});

const refused = ({ outcome }: Refused): Probed => ({
  concurrency: 1,
  words: {
    zh: `两个请求同发时有一个被拒（${outcome}），并发写成 1`,
    en: `of two calls at once one was refused (${outcome}): the concurrency is set to 1`,
  },
});

const serial = (alone: number, pair: number): Probed => ({
  concurrency: 1,
  words: {
    zh: `注意：服务是串行的：${looks} 次单发，居中的 ${seconds(alone)} 秒；${looks} 次两个同发，后答完的那个最快也要 ${seconds(pair)} 秒（${times(alone, pair)} 倍，不到 ${serialFrom} 倍就不算串行）。并发写成 1，否则排队的时间会算进延迟`,
    en: `note: the server is serial: of ${looks} calls alone the middle one took ${seconds(alone)} s; of ${looks} pairs at once the later answer took ${seconds(pair)} s at best (${times(alone, pair)} times, and below ${serialFrom} would not count as serial). The concurrency is set to 1, or the wait would count as latency`,
  },
});

const together = (concurrency: number, tried: number, alone: number, slowest: number): Probed => ({
  concurrency,
  words: {
    zh: `${tried} 个请求同发也不排队（单发 ${seconds(alone)} 秒，同发时最慢的 ${seconds(slowest)} 秒），并发先写 ${concurrency}`,
    en: `${tried} calls at once do not wait for each other (${seconds(alone)} s alone, ${seconds(slowest)} s for the slowest of them): the concurrency is set to ${concurrency}`,
  },
});

const seconds = (ms: number): string => (ms / 1000).toFixed(2);
const times = (alone: number, pair: number): string => (pair / alone).toFixed(1);
