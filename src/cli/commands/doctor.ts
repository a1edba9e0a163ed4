import type { ConfigFile, Env } from "../../store/config.ts";
import type { Context } from "../context.ts";

import { formatProblem, UserError } from "../../domain/text.ts";
import { jsonText } from "../../report/render/plain.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig, readEnv } from "../../store/config.ts";
import { splitRef } from "../../store/providers/target-ref.ts";
import { resolveTargets } from "../../store/providers/targets.ts";
import { serverFindings } from "../doctor/clock.ts";
import { type DoctorFinding, findingText } from "../doctor/finding.ts";
import { machineFindings } from "../doctor/machine.ts";
import { networkFindings } from "../doctor/network.ts";
import { packageFindings } from "../doctor/packages.ts";
import { redisFindings } from "../doctor/redis.ts";
import { vendorFindings } from "../doctor/vendors.ts";
import { shownProblem } from "../names.ts";
import { defineCommand } from "../options.ts";
import { shared } from "../shared-options.ts";

/** Exit 0 where nothing is wrong, 3 where something is. Nothing that it finds is an exception. */
export const command = defineCommand({
  usage: "[-m target]… [--config f] [--queue redis://…] [--json]",
  options: {
    model: shared.model,
    config: shared.config,
    queue: shared.queue,
    json: shared.json,
  },
  run: async ({ model, config: named, queue, json, positionals }, context) => {
    if (positionals.length > 0) throw unexpected(positionals.join(" "));
    const env = await readEnv(context.cwd, context.env);
    const findings = [
      ...(await machineFindings(context)),
      ...(await networkFindings(env, context.cwd)),
      ...packageFindings(env),
      ...(await redisFindings(queue, env)),
      ...(await configured(named, model, env, context)),
    ];
    context.print(
      json
        ? jsonText(findings, 2)
        : findings.map((each) => findingText(each, context.lang)).join("\n"),
    );
    return findings.some(({ state }) => state === "wrong") ? 3 : 0;
  },
});

/** What depends on the config; a mistake in it is a finding like the others. */
async function configured(
  named: string | null,
  model: readonly string[],
  env: Env,
  context: Context,
): Promise<readonly DoctorFinding[]> {
  try {
    const config = await readConfig(context.cwd, named);
    return [
      ...(await vendorFindings(config, env)),
      ...(await servers(model, config, env, context)),
    ];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const said = (lang: "zh" | "en"): string =>
      error.problems.length === 0
        ? error.text[lang]
        : error.problems
            .map((problem) => formatProblem(shownProblem(problem, context), lang))
            .join("\n  ");
    const what = { zh: said("zh"), en: said("en") };
    const todo = { zh: "改好后用 baimo check 检查", en: "mend it; baimo check tells the rest" };
    return [{ id: "config", state: "wrong", what, todo }];
  }
}

/** The servers of the named targets, else of the config's; simulated ones and baselines have none. */
async function servers(
  model: readonly string[],
  config: ConfigFile | null,
  env: Env,
  { cwd: folder, signal }: Context,
): Promise<readonly DoctorFinding[]> {
  const wanted = (model.length > 0 ? model : (config?.config.targets ?? [])).filter((each) => {
    const { provider } = splitRef(typeof each === "string" ? each : each.ref);
    return provider !== "sim" && provider !== "baseline";
  });
  const builtin = builtinFolder("providers");
  const targets = await resolveTargets(wanted, { config, folder, env, builtin, now: new Date() });
  return targets.length === 0 ? [nothingToReach] : serverFindings(targets, signal);
}

const nothingToReach: DoctorFinding = {
  id: "server",
  state: "fine",
  what: {
    zh: "没有要连的服务商，没有核对网络和时钟",
    en: "no vendor to reach: network and clock were not tried",
  },
  todo: {
    zh: "用 -m 服务商/模型 指定一个，只会发一个不带密钥、不带题目的请求",
    en: "name one with -m provider/model; one request without key or question is sent",
  },
};

const unexpected = (names: string): UserError =>
  new UserError({
    zh: `doctor 不接受 ${names}；目标用 -m 服务商/模型 指定`,
    en: `doctor takes no ${names}; name targets with -m provider/model`,
  });
