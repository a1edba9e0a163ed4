import { expect, test } from "vitest";

import type { ResolvedTarget } from "./targets.ts";

import { endpointAt } from "../../calling/testing/loopback.ts";
import { missingSecrets } from "./credentials.ts";
import { checkHeaders, keyFault } from "./key-form.ts";

test.each([
  ["sk-abc\ndef", "换行"],
  ["sk-abc\r\nOTHER=1", "换行"],
  ["sk-abc def", "空白"],
  ["sk-abc\tdef", "空白"],
  ["请填写你的密钥", "汉字"],
  ["sk－abc", "请求头"],
  ["sk-abc\u200b", "请求头"],
  ["“sk-abc”", "请求头"],
  ['"sk-abc"', "引号"],
  ["Bearer sk-abc", "Bearer"],
])("%j: %s", (value, word) => {
  expect(keyFault(value)?.zh).toContain(word);
});

test.each(["sk-abc_DEF.123", "id.secret", "bce-v3/ALTAK-x/y=="])("%s can be sent", (value) => {
  expect(keyFault(value)).toBeNull();
});

const target = (auth: ResolvedTarget["endpoint"]["auth"]): ResolvedTarget => {
  const endpoint = endpointAt("http://127.0.0.1", { auth });
  return { entry: { ref: "mine/m" } as ResolvedTarget["entry"], endpoint };
};

test("the variable is named, and not its value", () => {
  const error = missingSecrets([target({ scheme: "bearer", env: "MY_KEY" })], {
    MY_KEY: "sk-秘密123",
  });
  expect(error?.text.zh).toMatch(/^环境变量 MY_KEY 里的密钥不能用：含有汉字/);
  expect(error?.text.en).toContain("MY_KEY");
  expect(JSON.stringify(error?.text)).not.toContain("秘密");
});

test("blanks around a key are cut off, and a key file's JSON is none of these", () => {
  const env = { MY_KEY: " sk-abc\n", FILE: '{\n "private_key": "钥" }' };
  const targets = [
    target({ scheme: "bearer", env: "MY_KEY" }),
    target({ scheme: "google", env: "FILE" }),
  ];
  expect(missingSecrets(targets, env)).toBeNull();
});

test("a header that cannot be sent is named with its variable", () => {
  const written = { "x-org": "${MY_ORG:-none}" };
  expect(() => checkHeaders({ "x-org": "a\nb" }, written, "mine")).toThrow(/x-org.*MY_ORG/);
  expect(() => checkHeaders({ "x-org": "组织" }, written, "mine")).toThrow(/x-org.*MY_ORG/);
  expect(() => checkHeaders({ "x-org": "none é" }, written, "mine")).not.toThrow();
});
