import type { RunLine } from "../../../domain/run-file/header.ts";
import type { Text } from "../../../domain/text.ts";
import type { Plan } from "../../../engine/plan/plan.ts";

/** A target whose earlier answers came from another server than the one that is asked now. Hosts with their ports. */
export type MovedTarget = { readonly ref: string; readonly was: string; readonly is: string };

/** Targets of a run file that are reached elsewhere now. The simulator lies at another port each time, and is the same. */
export function movedTargets(old: RunLine, { targets, settings }: Plan): readonly MovedTarget[] {
  if (old.settings.via_sim || settings.via_sim) return [];
  const had = new Map(old.targets.map((entry) => [entry.ref, entry]));
  return targets.flatMap(({ entry: { ref, provider, base_url } }) => {
    const before = had.get(ref);
    if (before === undefined || provider === "sim") return [];
    const [was, is] = [hostOf(before.base_url), hostOf(base_url)];
    return was === null || is === null || was === is ? [] : [{ ref, was, is }];
  });
}

export const movedText = ({ ref, was, is }: MovedTarget): Text => ({
  zh: `${ref} 先前的作答来自 ${was}，现在问的是 ${is}：要是换了另一个服务，请用 --out 另开一个运行文件，不要混在一起`,
  en: `${ref} was answered by ${was} before, and ${is} is asked now: if that is another service, start a file of its own with --out, so that the two are not mixed`,
});

/** Null where there is none: baselines, commands, and addresses in which something is hidden. */
const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).host : null);
