import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { UserError } from "../domain/text.ts";
import { readConfigFile } from "../store/config.ts";
import { misplacedKey } from "./misplaced-key.ts";

/** What is said of a config, in both languages. */
async function said(text: string): Promise<{ readonly zh: string; readonly en: string }> {
  const file = join(mkdtempSync(join(tmpdir(), "baimo-key-")), "baimo.yaml");
  writeFileSync(file, `schema: baimo/1\n${text}\n`);
  const error: unknown = await readConfigFile(file).catch((reason: unknown) => reason);
  const problems = error instanceof UserError ? error.problems : [];
  const lines = (lang: "zh" | "en") =>
    problems
      .map(({ place, message }) => `${place.line}:${place.column} ${message[lang]}`)
      .join("\n");
  return { zh: lines("zh"), en: lines("en") };
}

const mine = (rest: string): string =>
  `providers:\n  mine: {protocol: openai-chat, base_url: "http://127.0.0.1:8000/v1", ${rest}}`;
const [yaml, name] = ["a key never stands in the YAML", "env takes the name of a"];

test.each([
  ["key in auth", mine("auth: {scheme: bearer, key: topsecret-1}"), yaml, "write env: NAME here"],
  [
    "api_key in auth",
    mine("auth: {scheme: bearer, api_key: topsecret-1}"),
    yaml,
    "write env: NAME here",
  ],
  [
    "token in auth",
    mine("auth: {scheme: bearer, token: topsecret-1}"),
    yaml,
    "write env: NAME here",
  ],
  [
    "api_key of a provider",
    mine("api_key: topsecret-1"),
    yaml,
    "auth: {scheme: bearer, env: MY_API_KEY}",
  ],
  [
    "apikey of a provider",
    mine("apikey: topsecret-1"),
    yaml,
    "auth: {scheme: bearer, env: MY_API_KEY}",
  ],
  ["key beside the providers", "key: topsecret-1", yaml, "auth: {scheme: bearer, env: MY_API_KEY}"],
  ["key of a target", "targets: [{ref: mine/m, api_key: topsecret-1}]", yaml, "auth:"],
  ["a key as auth", mine("auth: topsecret-1"), yaml, "auth: {scheme: bearer, env: MY_API_KEY}"],
  [
    "a key as env",
    mine("auth: {scheme: bearer, env: topsecret-1}"),
    name,
    "put it into .env: MY_API_KEY=…",
  ],
  [
    "a quoted variable as env",
    mine('auth: {scheme: bearer, env: "${MY_KEY}"}'),
    name,
    "without ${ }",
  ],
])("%s: what to write instead, and never the key itself", async (_, text, first, second) => {
  const { zh, en } = await said(text);
  expect(en).toContain(first);
  expect(en).toContain(second);
  expect(zh).toMatch(/密钥不写进 YAML|env 只写变量名|env 写的是环境变量的名字/);
  expect(zh + en).not.toContain("topsecret");
});

test.each([
  ["keys", ["scheme", "env"]],
  ["monkey", ["scheme", "env"]],
  ["key", ["id", "question"]],
])("%s among %j is any other unknown key", (key, known) => {
  expect(misplacedKey(key, known)).toBeNull();
});

test.each([
  ["in auth", mine("auth: {scheme: bearer, env: ${MY_KEY}}")],
  ["in headers", mine("headers: {x-note: ${MY_KEY}}")],
  ["behind other text", mine("headers: {authorization: Bearer ${MY_KEY}, x: y}")],
  ["with a default", mine("headers: {x-note: ${MY_KEY:-none}}")],
  ["on a line of its own", "providers: {\n  mine: {\n    base_url: ${MY_KEY},\n  }\n}"],
  ["in a list", "suites: [${MY_KEY}, b]"],
])("a variable without quotes inside brackets, %s", async (_, text) => {
  const { zh, en } = await said(text);
  expect(en).toMatch(
    /^\d+:\d+ inside \[ \] or \{ \} a text with \$\{MY_KEY[^}]*\} needs quotes, such as "\$\{MY_KEY/,
  );
  expect(zh).toContain("要加引号");
});

// What the advice says to write is read in both forms of YAML.
test.each([
  [
    "in a line",
    'headers: {authorization: "Bearer ${MY_KEY}"}, auth: {scheme: bearer, env: MY_KEY}',
  ],
  ["in lines", null],
])("the advised form is read, %s", async (_, inLine) => {
  const lines =
    'providers:\n  mine:\n    protocol: openai-chat\n    base_url: "http://${HOST}/v1"\n    headers:\n      authorization: "Bearer ${MY_KEY}"\n    auth:\n      scheme: bearer\n      env: MY_KEY';
  expect(await said(inLine === null ? lines : mine(inLine))).toEqual({ zh: "", en: "" });
});
