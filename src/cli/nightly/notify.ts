import type { NightlySettings, Notify } from "../../domain/config.ts";
import type { SentLine } from "../../domain/nights/lines.ts";
import type { NightEvent } from "../../report/nightly/alarms.ts";
import type { NightlyReport } from "../../report/nightly/nightly.ts";
import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { digestLines, eventLines } from "../../report/nightly/alarm-text.ts";
import { digestOf, eventsOf, isQuiet } from "../../report/nightly/alarms.ts";
import { keepSent } from "../../report/nightly/history.ts";
import { nightRemarks } from "../../report/nightly/night-remarks.ts";
import { beijingClock } from "../../report/nightly/record.ts";
import { newsLines, nightlyHeadline, nightlyJson } from "../../report/nightly/text.ts";
import { chatLine } from "../../report/render/plain.ts";
import { readNetwork } from "../../store/providers/network.ts";
import { sendWebhook } from "./webhook.ts";

export type Notice = {
  readonly report: NightlyReport;
  /** The folder of the history, which remembers what was told. */
  readonly folder: string;
  readonly sent: readonly SentLine[];
  readonly hooks: readonly Notify[];
  readonly settings: NightlySettings;
  readonly env: Context["env"];
  readonly now: Date;
};

/**
 * Tells every webhook what it was not told yet: `always` each night, `changes` only events, and a digest on the first
 * night of a week. In quiet hours nothing is sent; the next call after them sends it. A webhook that fails is reported
 * and tried again by the next call; it does not change the result.
 */
export async function notify(notice: Notice, context: Context): Promise<void> {
  const { report, folder, sent, hooks, settings, now } = notice;
  if (isQuiet(beijingClock(now.toISOString()), settings.quiet)) return;
  const digest = digestOf(report);
  for (const hook of hooks) {
    const told = new Set(
      sent.filter((line) => line.hook === hook.url_env).flatMap(({ events }) => events),
    );
    const events = eventsOf(report, settings).filter(({ name }) => !told.has(name));
    const night = hook.when === "always" ? [`night ${report.run}`] : [];
    const week = digest === null ? [] : [digest];
    const due = [...events.map(({ name }) => name), ...night, ...week].filter(
      (name) => !told.has(name),
    );
    if (due.length === 0) continue;
    const lines = linesOf(
      notice,
      events,
      week.some((name) => due.includes(name)),
      context,
    );
    const problem = await send(hook, lines, notice, context);
    if (problem === null) {
      await keepSent(folder, { hook: hook.url_env, events: due, when: now.toISOString() });
      continue;
    }
    context.warn(
      context.lang === "zh"
        ? `${hook.kind} 通知未送达：${problem}`
        : `${hook.kind}: not delivered: ${problem}`,
    );
  }
}

function linesOf(
  { report, settings }: Notice,
  events: readonly NightEvent[],
  isDigest: boolean,
  { lang }: Context,
): readonly string[] {
  // A trouble that lasts was told on its first night.
  const named = new Set(
    events.filter(({ what }) => what !== "new" && what !== "reminder").map(({ target }) => target),
  );
  const fresh = { ...report, targets: report.targets.filter(({ target }) => named.has(target)) };
  return [
    nightlyHeadline(report, lang),
    ...eventLines(events, report.date, lang),
    ...newsLines(fresh, lang),
    ...(isDigest ? digestLines(report, settings.acks, lang) : []),
    ...nightRemarks(report, lang),
  ];
}

async function send(
  hook: Notify,
  told: readonly string[],
  { report, env, now }: Notice,
  { lang, signal, stopping }: Context,
): Promise<string | null> {
  const url = env[hook.url_env];
  if (url === undefined || url === "") {
    return lang === "zh" ? `缺少环境变量 ${hook.url_env}` : `${hook.url_env} is not set`;
  }
  const secret = hook.secret_env === undefined ? null : (env[hook.secret_env] ?? "");
  if (secret === "") {
    return lang === "zh" ? `缺少环境变量 ${hook.secret_env}` : `${hook.secret_env} is not set`;
  }
  const title = chatLine(`${report.board} ${report.date}`);
  const message = { title, lines: told.map(chatLine), data: nightlyJson(report), lang };
  const begun = Date.now();
  // A message that is sent again is signed anew.
  const keys = { url, secret, now: () => now.getTime() + Date.now() - begun };
  try {
    const { network } = await readNetwork({ id: hook.kind }, { env, folder: "", base_url: url });
    return await sendWebhook(hook.kind, message, keys, {
      signal: AbortSignal.any([signal, stopping]),
      network,
    });
  } catch (error) {
    if (error instanceof UserError) return error.text[lang];
    throw error;
  }
}
