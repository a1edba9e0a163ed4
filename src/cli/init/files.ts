import type { Lang } from "../../domain/text.ts";

import { formats } from "../../domain/formats.ts";

/** The user's own server, which the config will name. */
export type OwnServer = {
  readonly url: string;
  readonly model: string;
  /** Name of the environment variable with the key; null if none is needed. */
  readonly key: string | null;
  /** What three probes propose; null where they were not answered. */
  readonly concurrency?: number | null;
};

export type ConfigFacts = {
  readonly lang: Lang;
  /** How the user calls baimo. */
  readonly name: string;
  /** Null writes a commented-out example. */
  readonly own: OwnServer | null;
  /** Models of vendors whose keys are set. */
  readonly ready: readonly string[];
  /** Where editors find the schema, relative to the config; null if there is no relative path to it. */
  readonly schema: string | null;
};

const example: OwnServer = {
  url: "http://127.0.0.1:8000/v1",
  model: "my-model",
  key: "MY_API_KEY",
};

/** A commented `baimo.yaml`. */
export function configText({ lang, name, own, ready, schema }: ConfigFacts): string {
  const zh = lang === "zh";
  const targets = [...(own === null ? [] : [`mine/${own.model}`]), ...ready];
  const listed = targets.length > 0 ? targets : ["sim/xiliu"];
  return [
    ...(schema === null ? [] : [`# yaml-language-server: $schema=${schema}`]),
    `schema: ${formats.config}`,
    "",
    zh
      ? `# 题集：id、文件或文件夹。有哪些见 ${name} suites`
      : `# Suites: ids, files or folders. ${name} suites lists them`,
    `suites: [starter]    # ${
      zh
        ? "把 suites/my-suite.yaml 改成自己的题以后写成 [my-suite, starter]，各占总分一半"
        : "once suites/my-suite.yaml holds your own items: [my-suite, starter], half of the score each"
    }`,
    "",
    zh
      ? `# 目标：服务商/模型。已知的见 ${name} providers 和 ${name} models；baseline/random 是随机作答的基线`
      : `# Targets: provider/model. Known ones: ${name} providers, ${name} models; baseline/random guesses, for comparison`,
    "targets:",
    ...[...listed, "baseline/random"].map((target) => `  - ${JSON.stringify(target)}`),
    "",
    zh
      ? "# 自己的服务：任何 OpenAI 兼容的接口。密钥只写环境变量的名字，值放在环境变量或 .env 里"
      : "# Your own server: anything that speaks the OpenAI dialect. Keys by the name of their variable; values live in the environment or in .env",
    ...ownLines(own ?? example, zh).map((line) => (own === null ? `# ${line}` : line)),
    "",
    "run:",
    zh
      ? "  trials: 1            # 每题重复几次"
      : "  trials: 1            # times each item is asked",
    zh
      ? "  # limit: 3           # 每个任务最多几题，先试一小部分"
      : "  # limit: 3           # items of each task at most, to try a small part first",
    zh
      ? "  # concurrency: 8     # 每个厂商账户同时进行的请求数"
      : "  # concurrency: 8     # requests under way at once at each vendor account",
    zh
      ? "  # max_cost: {amount: 20, currency: CNY}    # 超出之前停止，之后可以续跑"
      : "  # max_cost: {amount: 20, currency: CNY}    # stops here; can be continued later",
    "",
    zh ? "# 供 CI 使用的门禁规则" : "# Thresholds for CI",
    "# gate: {max_error_rate: 0.02, min_coverage: 0.98}",
    "",
  ].join("\n");
}

function ownLines(
  { url, model, key, concurrency = null }: OwnServer,
  zh: boolean,
): readonly string[] {
  const auth = key === null ? "{scheme: none}" : `{scheme: bearer, env: ${key}}`;
  const price = zh ? "元/百万 tokens；不知道就不写" : "per million tokens; leave out if unknown";
  return [
    "providers:",
    "  mine:",
    "    protocol: openai-chat",
    `    base_url: ${JSON.stringify(url)}`,
    `    auth: ${auth}`,
    zh
      ? "    # egress: 内网    # 数据到哪里：内网、境内、境外；不写的不发内部和敏感题集，choose 只凭地址认本机和私有网段"
      : "    # egress: in-house    # where data go: in-house, mainland (of China), abroad; without it no internal or sensitive suite is sent, and choose knows this machine and private networks by their address alone",
    ...(concurrency === null
      ? []
      : [
          `    limits: {concurrency: ${concurrency}}    # ${zh ? "几个服务写得一样，时间才能比" : "the same for all servers, so that their times compare"}`,
        ]),
    "    models:",
    `      - id: ${JSON.stringify(model)}`,
    `        # price: {currency: CNY, verified: true, tiers: [{input: 1, output: 2}]}    # ${price}`,
  ];
}

/** A small suite to start from. Its questions are in Chinese, like all tasks. */
export function suiteText(lang: Lang): string {
  const zh = lang === "zh";
  return `schema: ${formats.suite}
id: my-suite
title: 我的题集
${zh ? "# data_class: 内部    # 内部的不发往境外，敏感的只发往内网；不写就是公开" : "# data_class: internal    # internal: not sent abroad; sensitive: stays in-house; without it public"}
defaults: {params: {temperature: 0, max_tokens: 1024}}
tasks:
  - id: refunds
    dimension: [客服, 退款]    # ${zh ? "能力的路径，几层都可以" : "a path of abilities, of any depth"}
    prompt: |-
      {{question}}
      {{options}}
      请在最后一行用“答案：X”给出选项字母。
    grader: {use: choice}
    items:
      - id: r1
        question: 本店规定签收七天内可无理由退货。顾客签收第八天要求无理由退货，客服应当：
        options: {A: 马上同意, B: 说明已过七天期限, C: 让顾客自己联系快递, D: 不予理会}
        answer: B
      - id: r2
        question: 商品有质量问题，签收十天，本店承诺质量问题十五天内换货。客服应当：
        options: {A: 安排换货并承担运费, B: 说明已过七天，不能处理, C: 让顾客再买一件, D: 只退一半的钱}
        answer: A
  - id: billing
    dimension: [客服, 计费]
    prompt: |-
      {{question}}
      请在最后一行用“答案：数字”给出结果，不带单位。
    grader: {use: numeric}
    items:
      - {id: b1, question: 月费 59 元，三个月一共多少元？, answer: 177}
      - {id: b2, question: 一件 240 元的商品打八五折，应付多少元？, answer: 204}
`;
}
