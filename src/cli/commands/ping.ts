import type { Reply } from "../../domain/call.ts";
import type { NetworkEntry, Settings } from "../../domain/run-file/header.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Deps } from "../../engine/run/deps.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";

import { isGraded } from "../../domain/outcome.ts";
import { mergeParams } from "../../domain/prompt.ts";
import { probeTexts } from "../../domain/request/probe-texts.ts";
import { UserError } from "../../domain/text.ts";
import { adviceFor } from "../../report/advice/failure.ts";
import { wrapTyped } from "../../report/render/as-typed.ts";
import { clean, count, seconds } from "../../report/render/format.ts";
import { readConfig, readEnv } from "../../store/config.ts";
import { missingSecrets } from "../../store/providers/credentials.ts";
import { type Context, wrapsTables } from "../context.ts";
import { defineCommand, flag, text } from "../options.ts";
import { type FullPing, pingFully } from "../ping/full.ts";
import { modelsInstead } from "../ping/listed.ts";
import { createDeps } from "../run/session.ts";
import { settingsOf } from "../run/settings.ts";
import { mindStandings } from "../run/standings.ts";
import { embeddedNote, openTargets } from "../run/target-setup.ts";
import { shared } from "../shared-options.ts";

/** Shorter than those of a run, where the config names no others: somebody waits for the line. */
const waits_ms = { connect: 10_000, first_byte: 60_000, idle: 30_000, total: 120_000 };

/** Exit 0 where every target answers, 3 where one does not. */
export const command = defineCommand({
  usage: "[-m target]… [--full [--out f]] [--config f] [--via-sim] [--force]",
  options: {
    model: shared.model,
    config: shared.config,
    viaSim: shared.viaSim,
    force: shared.forceRetired,
    full: flag({
      zh: "逐项试接口（最多 20 次小请求，先报价），并录下来",
      en: "try the interface in full (at most 20 small calls, price said before) and record it",
    }),
    out: {
      ...text({
        zh: "--full 的录制写到哪里，默认 providers/recordings/",
        en: "where --full records, default providers/recordings/",
      }),
      short: "o",
    },
  },
  run: async (options, context) => {
    if (options.positionals.length > 0) throw unexpected(options.positionals.join(" "));
    const config = await readConfig(context.cwd, options.config);
    const env = await readEnv(context.cwd, context.env);
    const asked = settingsOf(options, config, null);
    const named = Object.keys(config?.config.run?.deadlines ?? {});
    const own = Object.entries(asked.deadlines_ms).filter(([name]) => named.includes(name));
    const settings = { ...asked, deadlines_ms: { ...waits_ms, ...Object.fromEntries(own) } };
    const sources = {
      config,
      folder: context.cwd,
      env,
      settings,
      now: context.now(),
      header: null,
      files: [],
    };
    const note = await embeddedNote(options, sources);
    if (note !== null) context.print(note[context.lang]);
    const { targets, close } = await openTargets(options, sources);
    const deps = await createDeps(targets, { settings, env });
    try {
      if (!settings.via_sim) mindStandings(targets, options.force, context);
      if (options.full) {
        const given = { settings, env, out: options.out };
        return (await allPinged(targets, given, context)) ? 0 : 3;
      }
      const pinged = (some: readonly ResolvedTarget[]): Promise<readonly boolean[]> =>
        Promise.all(some.map(askOne));
      // Baselines answer at once and would stand before what is asked about.
      const answered = [
        ...(await pinged(targets.filter(({ entry }) => !entry.baseline))),
        ...(await pinged(targets.filter(({ entry }) => entry.baseline))),
      ];
      return answered.every(Boolean) ? 0 : 3;

      async function askOne(target: ResolvedTarget): Promise<boolean> {
        const missing = settings.via_sim ? null : missingSecrets([target], env);
        const reply = missing === null ? await ask(target, settings, deps, context.signal) : null;
        const instead =
          reply?.outcome === "model-not-found"
            ? await modelsInstead(target, env, context.signal)
            : null;
        context.print(
          reply === null
            ? secretLines(target, missing, context.lang)
            : linesOf(target, reply, instead, deps.redact, context.lang)
                .flatMap((each) => wrapped(each, context))
                .join("\n"),
        );
        return reply !== null && isGraded(reply.outcome);
      }
    } finally {
      await deps.sender.close();
      await close();
    }
  },
});

/** One target after another; baselines have no interface. */
async function allPinged(
  targets: readonly ResolvedTarget[],
  given: FullPing,
  context: Context,
): Promise<boolean> {
  const asked = targets.filter(({ entry }) => !entry.baseline);
  if (given.out !== null && asked.length > 1) throw oneFile;
  const missing = given.settings.via_sim ? null : missingSecrets(asked, given.env);
  if (missing !== null) throw missing;
  let shown = true;
  for (const target of asked) shown = (await pingFully(target, given, context)) && shown;
  return shown;
}

/** One attempt, sent as the calls of a run are: same protocol, credentials and sockets. */
async function ask(
  { entry, endpoint }: ResolvedTarget,
  settings: Settings,
  { sender, hide = (text) => text }: Deps,
  signal: AbortSignal,
): Promise<Reply> {
  const params = mergeParams({ max_tokens: 64 }, settings.params, entry.params);
  const { reply } = await sender.attempt(
    {
      protocol: entry.protocol,
      endpoint,
      model: entry.model,
      messages: [{ role: "user", text: probeTexts.hello }],
      params,
      deadlines: settings.deadlines_ms,
      queued_ms: 0,
      in_flight: 1,
    },
    signal,
  );
  // What is left of the reply is printed, and a vendor may put the key into any of it.
  return { ...reply, model_returned: reply.model_returned && hide(reply.model_returned) };
}

function linesOf(
  target: ResolvedTarget,
  reply: Reply,
  instead: Text | null,
  redact: (text: string) => string,
  lang: Lang,
): readonly string[] {
  const { ref, base_url, baseline, network } = target.entry;
  if (baseline) return [`✓ ${ref}  ${words.baseline[lang]}`];
  if (isGraded(reply.outcome)) return [`✓ ${ref}  ${factsOf(target, reply, lang)}`];
  const { what, todo } = adviceFor(reply, target);
  const code = reply.code === String(reply.status) ? null : reply.code;
  const repeats = reply.message?.startsWith(`${reply.status} `) === true;
  const said = [repeats ? null : reply.status, code, reply.message]
    .filter((part) => part !== null && part !== "")
    .join(" ");
  return [
    `✗ ${ref}  ${what[lang]}`,
    `  ${words.todo[lang]}${(instead ?? todo)[lang]}`,
    `  ${words.said[lang]}${clean(redact(said), 600)}`,
    `  ${words.address[lang]}${clean(redact(base_url), 300)}${viaProxy(network, lang)}`,
  ];
}

/** A line that fits the terminal, what follows as far in as it began. */
function wrapped(line: string, context: Context): readonly string[] {
  if (!wrapsTables(context)) return [line];
  const inset = line.startsWith("  ") ? "  " : "";
  return wrapTyped(line.slice(inset.length), context.columns - inset.length).map(
    (each) => `${inset}${each}`,
  );
}

function secretLines({ entry }: ResolvedTarget, missing: UserError | null, lang: Lang): string {
  return `✗ ${entry.ref}  ${(missing?.text[lang] ?? "").replaceAll("\n", "\n  ")}`;
}

function factsOf({ entry }: ResolvedTarget, reply: Reply, lang: Lang): string {
  const { timing, usage, model_returned, simulated, dropped } = reply;
  const s = words.seconds[lang];
  const returned = model_returned === null || model_returned === entry.model;
  return [
    `${words.ttft[lang]} ${seconds(timing?.first_token_ms ?? null)} ${s}`,
    ...(timing?.connect_ms == null
      ? []
      : [`${words.connect[lang]} ${seconds(timing.connect_ms)} ${s}`]),
    `tokens ${count(usage.input, lang)}/${count(usage.output, lang)}`,
    ...(returned ? [] : [`${words.model[lang]} ${clean(model_returned, 80)}`]),
    ...(dropped.length > 0
      ? [words.dropped[lang].replace("{}", dropped.map(({ param }) => param).join(", "))]
      : []),
    ...(entry.network?.proxy == null ? [] : [viaProxy(entry.network, lang).trim()]),
    ...(simulated ? [words.simulated[lang]] : []),
  ].join(" · ");
}

const viaProxy = (network: NetworkEntry | undefined, lang: Lang): string =>
  network?.proxy == null ? "" : `  ${words.proxy[lang].replace("{}", network.proxy)}`;

const words = {
  baseline: { zh: "基线，不需要网络", en: "a baseline, needs no network" },
  todo: { zh: "怎么办：", en: "What to do: " },
  said: { zh: "原话：", en: "It said: " },
  address: { zh: "地址：", en: "Address: " },
  proxy: { zh: "经代理 {}", en: "through the proxy {}" },
  seconds: { zh: "秒", en: "s" },
  ttft: { zh: "首字延迟", en: "TTFT" },
  connect: { zh: "连接", en: "connect" },
  model: { zh: "实际模型", en: "model returned" },
  dropped: { zh: "没有发送 {}（对方不接受）", en: "sent without {}, which it does not take" },
  simulated: { zh: "模拟", en: "simulated" },
} as const satisfies Readonly<Record<string, Text>>;

const oneFile = new UserError({
  zh: "--out 只能写一个目标的录制；几个目标就不写它，各自写进 providers/recordings/",
  en: "--out holds the recording of one target; without it each gets a file in providers/recordings/",
});

const unexpected = (names: string): UserError =>
  new UserError({
    zh: `ping 不接受 ${names}；目标用 -m 服务商/模型 指定`,
    en: `ping takes no ${names}; name targets with -m provider/model`,
  });
