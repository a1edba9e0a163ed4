import { expect, test } from "vitest";

import type { ResolvedTarget } from "./targets.ts";

import { told } from "../testing/files.ts";
import { missingSecrets, secretsOf } from "./credentials.ts";

type Auth = ResolvedTarget["endpoint"]["auth"];

const target = (ref: string, auth: Auth): ResolvedTarget => {
  const [provider = "", model = ""] = ref.split("/");
  return {
    entry: {
      ref,
      provider,
      model,
      variant: null,
      vendor: { zh: provider, en: provider },
      base_model: null,
      protocol: "openai-chat",
      base_url: "https://example.com",
      egress: null,
      params: {},
      limits: { scope: "account", concurrency: 1, rpm: null, tpm: null },
      price: null,
      reference: false,
      baseline: false,
    },
    endpoint: {
      provider,
      base_url: "https://example.com",
      path: null,
      query: {},
      headers: {},
      auth,
      request: {},
      usage: {},
      errors: [],
    },
  };
};

const one: Auth = { scheme: "bearer", env: "ONE_KEY" };
const pair: Auth = { scheme: "header", env: { ak: "PAIR_AK", sk: "PAIR_SK" } };

test.each<[Auth, Record<string, string>, Record<string, string>]>([
  [one, { ONE_KEY: "k" }, { key: "k" }],
  [one, { ONE_KEY: " k\n" }, { key: "k" }],
  [one, { ONE_KEY: "" }, {}],
  [pair, { PAIR_AK: "a", PAIR_SK: "s", ONE_KEY: "k" }, { ak: "a", sk: "s" }],
  [pair, { PAIR_AK: "a" }, { ak: "a" }],
  [{ scheme: "none", env: "ONE_KEY" }, { ONE_KEY: "k" }, {}],
])("the secrets of %j from %j are %j", (auth, env, secrets) => {
  expect(secretsOf({ auth }, env)).toEqual(secrets);
});

test("every missing variable is named once, with all targets that need it", () => {
  const targets = [
    target("a/x", one),
    target("a/y", one),
    target("b/z", pair),
    target("c/free", { scheme: "none" }),
  ];
  const error = missingSecrets(targets, { PAIR_AK: "a", PAIR_SK: "  " });
  expect(told(error, "zh")).toEqual([
    "缺少密钥：环境变量 ONE_KEY 未设置（a/x、a/y 需要它）\n缺少密钥：环境变量 PAIR_SK 未设置（b/z 需要它）\n怎么办：在环境里设置，或写进当前文件夹的 .env（一行一个 名称=值）",
  ]);
  expect(told(error, "en")).toEqual([
    "missing secret: ONE_KEY is not set (needed by a/x, a/y)\nmissing secret: PAIR_SK is not set (needed by b/z)\nWhat to do: set it in the environment, or in a file .env of this folder (NAME=value, one per line)",
  ]);
  expect(told(missingSecrets(targets, { one_Key: "k", PAIR_AK: "a", PAIR_SK: "s" }), "zh")).toEqual(
    [expect.stringContaining("有一个 one_Key，只是大小写或下划线不同：名称要与 ONE_KEY 一致")],
  );
  expect(told(missingSecrets([target("a/x", one)], { ONEKEY: "k" }), "zh")).toEqual([
    expect.stringContaining("有一个 ONEKEY，只是大小写或下划线不同"),
  ]);
  expect(missingSecrets(targets, { ONE_KEY: "k", PAIR_AK: "a", PAIR_SK: "s" })).toBeNull();
});
