import { resolve } from "node:path";

import type { Simulator } from "../../simulator/server/server.ts";
import type { Context } from "../context.ts";

import { UserError } from "../../domain/text.ts";
import { FaultScript } from "../../simulator/faults/script.ts";
import { imitation, simulatedModels } from "../../simulator/models.ts";
import { startSimulator } from "../../simulator/server/server.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { everySuite, findSuites } from "../../store/suites/find-suites.ts";
import { readYaml } from "../../store/yaml/yaml.ts";
import { ownName } from "../names.ts";
import { defineCommand, flag, list, number, text } from "../options.ts";

export const command = defineCommand({
  usage:
    "[--port n] [--script f] [--suites name]… [--any-prompt] [--model id]… [--seed n] [--speed x]",
  options: {
    port: number(
      { zh: "端口，默认 8787", en: "port (default 8787)" },
      { whole: true, least: 0, most: 65_535 },
      8787,
    ),
    script: text({ zh: "故障脚本（YAML 或 JSON）", en: "fault script (YAML or JSON)" }),
    suites: list({
      zh: "能识别的题集：文件、文件夹或 id，可重复；默认是 ./suites 和随程序发布的全部",
      en: "suites it recognises: file, folder or id, repeatable (default: all of ./suites and all that ship)",
    }),
    anyPrompt: flag({
      zh: "题集里没有的提示词也回答（回答里说明没找到）；默认返回错误",
      en: "answer prompts of no suite as well, with a text that says so (default: an error)",
    }),
    model: list({
      zh: "还扮演这个型号，可重复；* 表示任何型号（不在此列的返回 404）",
      en: "also play this model, repeatable; * stands for any (others get 404)",
    }),
    seed: number(
      { zh: "随机种子，默认 7", en: "random seed (default 7)" },
      { whole: true, least: 0 },
      7,
    ),
    speed: number(
      { zh: "时间压缩倍数，默认 1（真实速度）", en: "time factor (default 1, real time)" },
      { least: 1e-3, most: 1e6 },
      1,
    ),
  },
  run: async ({ port, script, suites, anyPrompt, model, seed, speed }, context) => {
    const { cwd, print, stopping, finishing } = context;
    const folders = { cwd, builtin: builtinFolder("suites") };
    const find = () => (suites.length === 0 ? everySuite(folders) : findSuites(suites, folders));
    const simulator = await startSimulator({
      port,
      seed,
      speed,
      // The user's own before those that it plays anyway: of a long list the first are shown.
      models: [...model.filter((id) => id !== "*").map((id) => imitation(id)), ...simulatedModels],
      unknown_models: model.includes("*") ? "imitate" : "refuse",
      unknown_prompts: anyPrompt ? "answer" : "refuse",
      draw_later: true,
      suites: await find(),
      refind: find,
      ...(script === null
        ? {}
        : { script: (await readYaml(resolve(cwd, script), FaultScript)).value }),
    }).catch((error: unknown) => {
      throw portTaken(error, port) ?? error;
    });
    print(introduction(simulator, model, context));
    await finishing(() => ended(stopping));
    await simulator.close();
    return 0;
  },
});

function portTaken(error: unknown, port: number): UserError | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code !== "EADDRINUSE" && code !== "EACCES") return null;
  const why =
    code === "EADDRINUSE"
      ? { zh: "已被另一个程序占用", en: "is taken: another program listens there" }
      : { zh: "不允许当前用户使用", en: "may not be used by this user" };
  return new UserError({
    zh: `端口 ${port} ${why.zh}（${code}）；请用 --port 另选一个，或用 --port 0 自动选择`,
    en: `port ${port} ${why.en} (${code}); choose another with --port, or any free one with --port 0`,
  });
}

/** What it plays and how to use it: as the model that was asked for, where one was, else as one of its own. */
function introduction(
  { url, models, prompts }: Simulator,
  asked: readonly string[],
  context: Pick<Context, "lang" | "env">,
): string {
  const own = asked.find((id) => id !== "*") ?? null;
  const name = ownName(context);
  const use =
    own === null
      ? [`  BAIMO_SIM_URL=${url} ${name} run -m sim/${models[0]}`]
      : [
          `  ${name} init --url ${url}/v1 --model ${own} --key-env MY_API_KEY`,
          `  ${name} ping`,
          `  ${name} run`,
        ];
  const zh = [
    `模拟厂商在 ${url} 运行，能识别 ${prompts} 个提示词，题集改了会重新读。出题器的题趁空闲准备，刚启动就问到它们的请求会多等几秒。按 Ctrl-C 结束。`,
    `模型：${models.join("、")}`,
    `密钥：任何以 sim- 开头的文字，例如 sim-demo${own === null ? "" : "；在 .env 里写 MY_API_KEY=sim-demo"}`,
    "",
    "在另一个终端里试一试：",
    ...example(url, own ?? models[0] ?? ""),
    "",
    "让 baimo 使用它：",
    ...use,
  ];
  const en = [
    `The simulated vendor runs at ${url} and recognises ${prompts} prompts, and reads suites again when they change. Items of generators are made while nobody asks: the first requests for them wait some seconds. Ctrl-C ends it.`,
    `Models: ${models.join(", ")}`,
    `Key: any text that begins with sim-, such as sim-demo${own === null ? "" : "; write MY_API_KEY=sim-demo into .env"}`,
    "",
    "Try it from another terminal:",
    ...example(url, own ?? models[0] ?? ""),
    "",
    "Let baimo use it:",
    ...use,
  ];
  return (context.lang === "zh" ? zh : en).join("\n");
}

const example = (url: string, model: string): readonly string[] => [
  `  curl -N ${url}/v1/chat/completions -H 'authorization: Bearer sim-demo' \\`,
  `    -d '{"model":"${model}","stream":true,"messages":[{"role":"user","content":"你好"}]}'`,
];

function ended(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}
