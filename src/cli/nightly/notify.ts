import type { Notify } from "../../domain/config.ts";
import type { NightlyReport } from "../../report/nightly/nightly.ts";
import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import {
  hasNews,
  newsLines,
  nightlyHeadline,
  nightlyJson,
  nightRemarks,
} from "../../report/nightly/text.ts";
import { chatLine } from "../../report/render/plain.ts";
import { readNetwork } from "../../store/providers/network.ts";
import { sendWebhook } from "./webhook.ts";

/** Sends the news to the webhooks of the config. One that fails is reported and does not change the result. */
export async function notify(
  report: NightlyReport,
  hooks: readonly Notify[],
  env: Context["env"],
  context: Context,
): Promise<void> {
  const news = hasNews(report);
  for (const hook of hooks) {
    if (hook.when === "changes" && !news) continue;
    const problem = await send(hook, report, env, context);
    if (problem !== null) {
      context.warn(
        context.lang === "zh"
          ? `${hook.kind} 通知未送达：${problem}`
          : `${hook.kind}: not delivered: ${problem}`,
      );
    }
  }
}

async function send(
  hook: Notify,
  report: NightlyReport,
  env: Context["env"],
  { lang, signal }: Context,
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
  const told = [...newsLines(report, lang), ...nightRemarks(report, lang)];
  const lines = [nightlyHeadline(report, lang), ...told].map(chatLine);
  const text = [`**${title}**`, ...lines].join("\n\n");
  const message = { title, text, data: nightlyJson(report) };
  const keys = { url, secret, now: Date.now() };
  try {
    const { network } = await readNetwork({ id: hook.kind }, { env, folder: "", base_url: url });
    return await sendWebhook(hook.kind, message, keys, { signal, network });
  } catch (error) {
    if (error instanceof UserError) return error.text[lang];
    throw error;
  }
}
