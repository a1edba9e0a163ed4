import type { Text } from "../../../domain/text.ts";
import type { Side } from "../pairing.ts";

/** Requests that each side might have under way at once, where the two differ: who is asked more at once answers each later. */
export type ConcurrencyGap = {
  readonly base: number;
  readonly new: number;
  /** An option or `run.concurrency` says so for a whole run, not the limits of a provider. */
  readonly of_run: boolean;
};

/** Null where both sides were asked alike, or one of them is not asked at all. */
export function concurrencyGap(base: Side, fresh: Side): ConcurrencyGap | null {
  const [before, after] = [widthOf(base), widthOf(fresh)];
  if (before === null || after === null || before.width === after.width) return null;
  return { base: before.width, new: after.width, of_run: before.of_run || after.of_run };
}

function widthOf({ view, target: { entry } }: Side) {
  if (entry === null || entry.baseline) return null;
  const asked = view.run?.settings.concurrency ?? null;
  return { width: asked ?? entry.limits.concurrency, of_run: asked !== null };
}

/** Both figures, what does not follow from the times, and how to make them comparable. */
export function concurrencyText({ base, new: fresh, of_run }: ConcurrencyGap): Text {
  const least = Math.min(base, fresh);
  const cure: Text = of_run
    ? { zh: `两边都用 --concurrency ${least} 再跑`, en: `run both with --concurrency ${least}` }
    : {
        zh: `两边写一样的 limits: {concurrency: ${least}} 再跑`,
        en: `give both the same limits: {concurrency: ${least}} and run again`,
      };
  return {
    zh: `并发路数不同（基准最多 ${base}，新最多 ${fresh}）：时间不宜直接比，不判断快慢；${cure.zh}`,
    en: `the concurrency differs (base up to ${base}, new up to ${fresh}): times are not comparable, so neither faster nor slower is said; ${cure.en}`,
  };
}
