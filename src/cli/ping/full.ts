import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";

import type { Reply } from "../../domain/call.ts";
import type { Settings } from "../../domain/run-file/header.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Env } from "../../store/config.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { Context } from "../context.ts";
import type { Exchange, Recording } from "./recording.ts";

import { formats } from "../../domain/formats.ts";
import { beijingDate } from "../../domain/life/beijing-day.ts";
import { costOf, type Money } from "../../domain/money.ts";
import { unknownUsage } from "../../domain/usage.ts";
import { clean, money } from "../../report/render/format.ts";
import { packageVersion } from "../../store/builtin.ts";
import { hiddenTexts, secretsOf } from "../../store/providers/credentials.ts";
import { createHider, redact as redactLooks } from "../../text/secrets/redact.ts";
import { createSender } from "../../transport/thread/sender.ts";
import { type FullCheck, fullChecks } from "./checks.ts";
import { listening, recordedReply } from "./recording.ts";

export type FullPing = {
  readonly settings: Settings;
  readonly env: Env;
  /** Where the recording goes; null: to `providers/recordings/`, and nowhere where the simulator answered. */
  readonly out: string | null;
};

/** About what each call may take, thinking included: for the price that is said before. */
const tokensOfCall = { input: 200, output: 1_500 } as const;

/**
 * Asks one target for every check, one call after another, after saying how many there are and what they may cost. Writes
 * what came, without credentials, and resolves to true where every check showed what it is for.
 */
export async function pingFully(
  target: ResolvedTarget,
  { settings, env, out }: FullPing,
  context: Context,
): Promise<boolean> {
  const { entry } = target;
  const checks = fullChecks(target);
  context.print(
    announced(entry.ref, checks.length, priceOf(target, checks.length, context), context.lang),
  );
  const hide = createHider(settings.via_sim ? [] : hiddenTexts([target], env));
  const redact = (text: string): string => redactLooks(hide(text));
  const steps: Recording["steps"] = [];
  let shown = true;
  let simulated = settings.via_sim;
  for (const check of checks) {
    const exchanges: Exchange[] = [];
    const reply = await askOnce(
      target,
      check,
      { settings, env, exchanges, redact },
      context.signal,
    );
    simulated ||= reply.simulated;
    const { ok, words } = check.show(reply);
    shown &&= ok !== false;
    context.print(
      `  ${ok === null ? "·" : ok ? "✓" : "✗"} ${check.title[context.lang]}  ${clean(redact(words[context.lang]), 200)}`,
    );
    // A call that sent nothing, such as one whose key cannot sign, shows nothing of the vendor.
    if (exchanges.length > 0) {
      steps.push({ check: check.id, exchanges, reply: recordedReply(reply, redact) });
    }
  }
  const file = out ?? (simulated ? null : defaultFile(target));
  if (file !== null) {
    const recording = recordingOf(target, steps, simulated, context);
    const path = resolve(context.cwd, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${JSON.stringify(recording, null, 2)}\n`);
    context.print(written(file, simulated)[context.lang]);
  }
  return shown;
}

type Asked = Pick<FullPing, "settings" | "env"> & {
  readonly exchanges: Exchange[];
  readonly redact: (text: string) => string;
};

/** A sender of its own, because a key that is wrong must not meet tokens that are right. */
async function askOnce(
  { entry, endpoint }: ResolvedTarget,
  check: FullCheck,
  { settings, env, exchanges, redact }: Asked,
  signal: AbortSignal,
): Promise<Reply> {
  const secrets = secretsOf(endpoint, env);
  const wrong = Object.fromEntries(namesOf(endpoint.auth.env).map((name) => [name, wrongKey]));
  const sender = createSender(
    {
      connections: 1,
      connect_ms: settings.deadlines_ms.connect,
      keysOf: () => {
        if (check.wrong_key === true) return { secrets: wrong };
        return settings.via_sim ? { simulator: new URL(endpoint.base_url).origin } : { secrets };
      },
    },
    null,
    listening((exchange) => exchanges.push(exchange), redact),
  );
  try {
    const body = { ...endpoint.request.body, ...check.request?.body };
    const { reply } = await sender.attempt(
      {
        ...check.call,
        endpoint: { ...endpoint, request: { ...endpoint.request, body } },
        protocol: entry.protocol,
        deadlines: settings.deadlines_ms,
        queued_ms: 0,
        in_flight: 1,
      },
      signal,
    );
    return reply;
  } finally {
    await sender.close();
  }
}

const wrongKey = "baimo-wrong-key-000000000000";

const namesOf = (env: string | Readonly<Record<string, string>> | undefined): readonly string[] =>
  typeof env === "object" ? Object.keys(env) : ["key"];

function priceOf({ entry }: ResolvedTarget, calls: number, { now }: Context): Money | null {
  const usage = {
    ...unknownUsage,
    input: tokensOfCall.input * calls,
    output: tokensOfCall.output * calls,
  };
  return costOf(entry.price, { usage, thinking: true, at: now() });
}

function announced(ref: string, calls: number, cost: Money | null, lang: Lang): string {
  if (lang === "en") {
    return `${ref}: up to ${calls} small calls, ${cost === null ? "at an unknown price" : `about ${money(cost, lang)} at most`}`;
  }
  return `${ref}：最多 ${calls} 次小请求，${cost === null ? "价格未知" : `估计不超过 ${money(cost, lang)}`}`;
}

function recordingOf(
  { entry, endpoint }: ResolvedTarget,
  steps: Recording["steps"],
  simulated: boolean,
  { now }: Context,
): Recording {
  return {
    schema: formats.recording,
    provider: entry.provider,
    model: entry.model,
    host: new URL(endpoint.base_url).host,
    recorded_on: beijingDate(now()),
    tool: packageVersion().version,
    simulated,
    steps,
  };
}

const defaultFile = ({ entry }: ResolvedTarget): string =>
  `providers/recordings/${entry.provider}.${entry.model.replaceAll(/[^\p{L}\p{N}._-]/gu, "_")}.json`;

const written = (file: string, simulated: boolean): Text => ({
  zh: `  录制写在 ${file}${simulated ? "（模拟，不算实测）" : "：密钥已去掉，提交前请再看一遍"}`,
  en: `  recorded in ${file}${simulated ? " (simulated: no proof)" : ": keys are removed, look through it before you share it"}`,
});
