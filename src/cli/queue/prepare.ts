import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { RunNotice } from "../../queue/messages.ts";
import type { PreparedRun } from "../../queue/worker/worker.ts";
import type { ConfigFile, Env } from "../../store/config.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { Context } from "../context.ts";

import { canonicalJson } from "../../domain/digest.ts";
import { type Text, UserError } from "../../domain/text.ts";
import { missingSecrets } from "../../store/providers/credentials.ts";
import { refusedByEgress } from "../../store/providers/egress.ts";
import { createDeps } from "../run/session.ts";
import { openTargets } from "../run/target-setup.ts";

export type WorkerSources = {
  readonly config: ConfigFile | null;
  readonly env: Env;
  /** Only these targets; all where none is named. */
  readonly only: readonly string[];
};

/**
 * Resolves the targets of a run with this machine's own config and keys. What cannot be asked from here is left to others,
 * with the reason: a missing key, another model or params under the same name, data that may not leave.
 */
export async function prepareRun(
  notice: RunNotice,
  sources: WorkerSources,
  context: Context,
): Promise<PreparedRun> {
  const targets: ResolvedTarget[] = [];
  const refuses: { readonly target: string; readonly why: Text }[] = [];
  for (const entry of notice.targets) {
    if (entry.baseline) continue;
    const found = await resolveHere(entry, notice, sources, context);
    if ("zh" in found) refuses.push({ target: entry.ref, why: found });
    else targets.push(found);
  }
  const { env } = sources;
  const thread = targets.length === 0 ? null : (context.startThread?.() ?? null);
  thread?.prepare({
    protocols: [...new Set(targets.map(({ entry }) => entry.protocol))],
    schemes: [...new Set(targets.map(({ endpoint }) => endpoint.auth.scheme))],
  });
  const deps = await createDeps(targets, { settings: notice.settings, env, thread });
  return {
    targets,
    refuses,
    deps,
    close: async () => {
      await deps.sender.close();
      await thread?.close();
    },
  };
}

/** The target, or why it is not asked from here. */
async function resolveHere(
  entry: TargetEntry,
  { settings, suites }: RunNotice,
  { config, env, only }: WorkerSources,
  context: Context,
): Promise<ResolvedTarget | Text> {
  if (
    only.length > 0 &&
    !only.includes(entry.ref) &&
    !only.includes(`${entry.provider}/${entry.model}`)
  )
    return { zh: "-m 没有点到它", en: "-m does not name it" };
  if (entry.provider === "sim" && env["BAIMO_SIM_URL"] === undefined) {
    return {
      zh: "模拟的目标需要 BAIMO_SIM_URL（先单独启动 baimo sim）",
      en: "a simulated target needs BAIMO_SIM_URL (start baimo sim on its own first)",
    };
  }
  try {
    const now = context.now();
    const header = { targets: [entry] };
    const opened = await openTargets(
      { model: [] },
      { config, folder: context.cwd, env, settings, now, header, files: [] },
    );
    await opened.close();
    const [own] = opened.targets;
    if (own === undefined) throw new RangeError(`${entry.ref} was not resolved`);
    const refused =
      missingSecrets([own], env) ??
      refusedByEgress(suites, [own.entry], config?.config.egress?.allow);
    if (refused !== null) return refused.text;
    return (
      differing(entry, own.entry) ?? {
        ...own,
        entry: { ...own.entry, ref: entry.ref, price: entry.price, limits: entry.limits },
      }
    );
  } catch (error) {
    if (error instanceof UserError) return error.text;
    throw error;
  }
}

const planned = ["model", "protocol", "params", "body"] as const;

/** What is sent must be the same from every machine. */
function differing(theirs: TargetEntry, own: TargetEntry): Text | null {
  const shown = (value: unknown): string => (value === undefined ? "—" : canonicalJson(value));
  const names = planned.filter((name) => shown(theirs[name]) !== shown(own[name]));
  if (names.length === 0) return null;
  const list = names.map((name) => `${name} ${shown(theirs[name])} ≠ ${shown(own[name])}`);
  return {
    zh: `本机配置与运行的不同：${list.join("；")}`,
    en: `this machine's config differs from the run's: ${list.join("; ")}`,
  };
}
