import type { BatchSender } from "../../../calling/batch/send.ts";
import type { Settings } from "../../../domain/run-file/header.ts";
import type { Lang } from "../../../domain/text.ts";
import type { BatchAccess } from "../../../engine/batch/access.ts";
import type { Plan } from "../../../engine/plan/plan.ts";
import type { Done } from "../../../engine/run/session.ts";
import type { ResolvedTarget } from "../../../store/providers/targets.ts";
import type { Context } from "../../context.ts";
import type { SenderSources } from "../session.ts";

import { UserError } from "../../../domain/text.ts";
import { isBatchable } from "../../../engine/batch/access.ts";
import { keysFor } from "../session.ts";

/** The way to the batch interfaces, for a run that hands in batches or has left some open. */
export type OpenBatches = {
  readonly access: { readonly batch: BatchAccess } | Record<string, never>;
  readonly close: BatchSender["close"];
};

/** What sends is loaded where there are batches: another thread sends all else. */
export async function openBatches(
  { settings }: { readonly settings: Settings },
  done: Pick<Done, "batches"> | null,
  { env }: Pick<SenderSources, "env">,
  signal: AbortSignal,
): Promise<OpenBatches> {
  const fresh = settings.batch === true;
  if (!fresh && (done?.batches.length ?? 0) === 0) {
    return { access: {}, close: () => Promise.resolve() };
  }
  const { connect } = settings.deadlines_ms;
  const setup = { connect_ms: connect, keysOf: keysFor(settings, env) };
  const { createBatchSender } = await import("../../../calling/batch/send.ts");
  const { send, close } = createBatchSender(setup, signal);
  return { access: { batch: { fresh, send } }, close };
}

/**
 * Says which targets and tasks of a run with batches are asked one by one all the same, and at which price. Throws a
 * UserError if no target takes batches: then the option would change nothing.
 */
export async function mindBatches(
  { settings, targets, ...plan }: Plan,
  { lang, warn }: Context,
): Promise<void> {
  if (settings.batch !== true) return;
  const asked = targets.filter(({ entry }) => !entry.baseline);
  const without = asked.filter(({ batch }) => batch === undefined);
  if (without.length === asked.length) throw noBatches(without);
  const tasks = new Set<string>();
  for (let place = 0; place < plan.count; place += 1) {
    const item = await plan.item(place);
    if (!isBatchable(item)) tasks.add(`${item.suite}/${item.task}`);
  }
  for (const line of batchLines(without, [...tasks], lang)) warn(line);
}

function batchLines(
  without: readonly ResolvedTarget[],
  tasks: readonly string[],
  lang: Lang,
): readonly string[] {
  const refs = without.map(({ entry }) => entry.ref);
  const zh = lang === "zh";
  const lines = [
    zh
      ? "批量提交：结果最迟 24 小时内取回，没有延迟数据；中断后续跑会接着取，不会重复付费。"
      : "In batches: results come within 24 hours and have no latencies; a run that is cut off fetches them when it goes on, and pays once.",
  ];
  if (refs.length > 0) {
    lines.push(
      zh
        ? `这些目标没有批量接口，逐条提问，按原价：${refs.join("、")}`
        : `These targets take no batches and are asked one by one at the full price: ${refs.join(", ")}`,
    );
  }
  if (tasks.length > 0) {
    lines.push(
      zh
        ? `这些任务有多轮对话或智能体，要等上一条回复才能问下一条，逐条提问，按原价：${tasks.join("、")}`
        : `These tasks are dialogues or agents, each question of which needs the reply before; they are asked one by one at the full price: ${tasks.join(", ")}`,
    );
  }
  return lines;
}

function noBatches(targets: readonly ResolvedTarget[]): UserError {
  const refs = targets.map(({ entry }) => entry.ref);
  return new UserError({
    zh: `--batch：${refs.join("、")} 没有批量接口（服务商文件里没有 batch）。请去掉 --batch，或换成有批量接口的目标，见 docs/providers.zh-CN.md。`,
    en: `--batch: ${refs.join(", ")} ${refs.length === 1 ? "takes" : "take"} no batches (no batch in the provider's file). Leave out --batch, or name targets that take them; see docs/providers.md.`,
  });
}
