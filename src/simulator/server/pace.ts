import type { Delta, Paced } from "../kit/exchange.ts";
import type { Pace } from "../models.ts";
import type { Random } from "../random.ts";

/**
 * When the server sends the pieces of an answer: headers and role frame some time before the first token, then chunks
 * of a few characters each, the reasoning before the answer.
 */
export function paceOf(
  answer: { readonly reasoning: string; readonly text: string },
  pace: Pace,
  random: Random,
): Paced {
  const first_ms = firstTokenMs(pace, random);
  const deltas: Delta[] = [];
  let at_ms = first_ms;
  for (const part of ["reasoning", "text"] as const) {
    for (const text of pieces(answer[part], pace, random)) {
      deltas.push({ part, text, at_ms });
      at_ms += random.lognormal(pace.gap.median_ms, pace.gap.sigma);
    }
  }
  return {
    headers_ms: first_ms * (0.4 + 0.5 * random.next()),
    deltas,
    end_ms: deltas.length === 0 ? first_ms : at_ms,
  };
}

function firstTokenMs({ ttft }: Pace, random: Random): number {
  const usual = random.lognormal(ttft.median_ms, ttft.sigma);
  return random.chance(ttft.tail.share) ? usual * ttft.tail.factor : usual;
}

/** Cuts a text into chunks of 1 to `chars` code points; now and then two are joined. */
function pieces(text: string, { chars }: Pace, random: Random): readonly string[] {
  const points = Array.from(text);
  const out: string[] = [];
  for (let index = 0; index < points.length;) {
    const glued = random.chance(0.04) ? chars : 0;
    const size = random.int(1, chars) + glued;
    out.push(points.slice(index, index + size).join(""));
    index += size;
  }
  return out;
}
