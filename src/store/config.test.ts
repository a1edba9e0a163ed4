import { join } from "node:path";

import { expect, test } from "vitest";

import { configPath, readConfig, readEnv } from "./config.ts";
import { errorOf, folderWith, told } from "./testing/files.ts";

test("finds baimo.yaml in the folder, a named config, or none", async () => {
  const folder = await folderWith({
    "baimo.yaml": "schema: baimo/1\ntargets: [a/b]\n",
    "other.yaml": "schema: baimo/1\ntargets: [c/d]\n",
    "empty/x": "",
  });
  expect((await readConfig(folder, null))?.config.targets).toEqual(["a/b"]);
  expect((await readConfig(folder, "other.yaml"))?.config.targets).toEqual(["c/d"]);
  expect(await configPath(join(folder, "empty"), null)).toBeNull();
  expect(await readConfig(join(folder, "empty"), null)).toBeNull();
  const missing = await errorOf(() => readConfig(folder, "none.yaml"));
  expect(told(missing, "zh", folder)).toEqual(["none.yaml：文件不存在"]);
});

test("a mistake in it is reported with its location", async () => {
  const folder = await folderWith({
    "baimo.yaml": "schema: baimo/1\nrun: {trails: 3, deadlines: {connect: 10}}\ntarget: [a/b]\n",
  });
  const error = await errorOf(() => readConfig(folder, null));
  expect(told(error, "en", folder)).toEqual([
    'baimo.yaml:2:7  run.trails  unknown key "trails"; did you mean "trials"?',
    "baimo.yaml:2:39  run.deadlines.connect  expected a text; got 10",
    'baimo.yaml:3:1  target  unknown key "target"; did you mean "targets"?',
  ]);
});

const secret = {
  zh: '这里像是密钥；密钥不能写进 YAML，请放在环境变量里，auth 里写 env: 变量名，别处写 "${变量名}"（带引号）',
  en: 'this looks like a secret; keep it in an environment variable and write env: NAME in auth, or "${NAME}" (with the quotes) elsewhere',
};

test("secrets are refused wherever they occur, each with its location", async () => {
  const folder = await folderWith({
    "baimo.yaml": `schema: baimo/1
providers:
  mine:
    base_url: https://user:hunter2@example.com/v1
    headers:
      Authorization: abc
      x-note: sk-0123456789abcdef0123
      x-more: Bearer abcdefghijkl
    query: {api_key: "1234", region: cn}
    auth: {scheme: bearer, env: AKIAABCDEFGHIJKLMNOP}
`,
  });
  const error = await errorOf(() => readConfig(folder, null));
  const lines = (text: string) => [
    `baimo.yaml:4:15  providers.mine.base_url  ${text}`,
    `baimo.yaml:6:22  providers.mine.headers.Authorization  ${text}`,
    `baimo.yaml:7:15  providers.mine.headers.x-note  ${text}`,
    `baimo.yaml:8:15  providers.mine.headers.x-more  ${text}`,
    `baimo.yaml:9:22  providers.mine.query.api_key  ${text}`,
    `baimo.yaml:10:33  providers.mine.auth.env  ${text}`,
  ];
  expect(told(error, "zh", folder)).toEqual(lines(secret.zh));
  expect(told(error, "en", folder)).toEqual(lines(secret.en));
});

test("variable names, harmless headers and the simulator's own keys are not secrets", async () => {
  const folder = await folderWith({
    "baimo.yaml": `schema: baimo/1
providers:
  mine:
    base_url: \${MINE_URL:-http://127.0.0.1:8000/v1}
    headers: {authorization: "Bearer \${MINE_KEY}", x-api-key: "\${MINE_KEY}", x-team: risk-assessment-department}
    query: {key: "\${MINE_KEY}", token: sim-test}
    auth: {scheme: bearer, env: MINE_KEY}
`,
  });
  expect(await readConfig(folder, null)).not.toBeNull();
});

test(".env only fills in what the environment lacks", async () => {
  const folder = await folderWith({
    ".env": "# 注释\nA=from-file\nB='两个 词'\nEMPTY=file\nexport C=3\n",
  });
  expect(await readEnv(folder, { A: "from-shell", EMPTY: "", Z: undefined })).toEqual({
    A: "from-shell",
    B: "两个 词",
    C: "3",
    EMPTY: "",
    Z: undefined,
  });
  const env = { A: "1" };
  expect(await readEnv(join(folder, "none"), env)).toBe(env);
});

test.each([
  ["MY_API_KEY: sim-demo", "sim-demo"],
  ["MY_API_KEY：sim-demo", "sim-demo"],
  ["export MY_API_KEY＝sim-demo", "sim-demo"],
  ["MY_API_KEY=a:b", "a:b"],
  ["MY_API_KEY = sim-demo", "sim-demo"],
  ["MY_API_KEY:sim-demo", undefined],
])("a line of .env as people write it: %s", async (line, value) => {
  const folder = await folderWith({ ".env": `# 密钥\n${line}\nOTHER=1\n` });
  const read = await readEnv(folder, {});
  expect([read["MY_API_KEY"], read["OTHER"]]).toEqual([value, "1"]);
});

test("a .env that is not UTF-8 is reported", async () => {
  const folder = await folderWith({ ".env": Uint8Array.from([0x41, 0x3d, 0xc4, 0xe3, 0x0a]) });
  const error = await errorOf(() => readEnv(folder, {}));
  expect(told(error, "en", folder)).toEqual([
    ".env:1:3  not UTF-8 (looks like GBK); save the file as UTF-8",
  ]);
});
