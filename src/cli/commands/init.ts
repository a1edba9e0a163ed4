import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, sep } from "node:path";

import type { Env } from "../../store/config.ts";
import type { Vendor } from "../../store/providers/providers.ts";
import type { Context } from "../context.ts";
import type { OwnServer } from "../init/files.ts";

import { Id } from "../../domain/id.ts";
import { standingAt } from "../../domain/life/life-cycle.ts";
import { type Text, UserError } from "../../domain/text.ts";
import { graderIds } from "../../grading/graders.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readEnv } from "../../store/config.ts";
import { variablesOf } from "../../store/providers/credentials.ts";
import { allVendors } from "../../store/providers/providers.ts";
import { lifeOf } from "../../store/providers/targets.ts";
import { configText, suiteText } from "../init/files.ts";
import {
  graderConfig,
  graderFiles,
  graderSetting,
  graderSuite,
  graderText,
} from "../init/grader.ts";
import { askedServer } from "../init/own-server.ts";
import { serverUrl } from "../init/server-url.ts";
import { quick } from "../load/lengths.ts";
import { ownName } from "../names.ts";
import { defineCommand, parsed, text } from "../options.ts";

const options = {
  url: parsed(
    {
      zh: "自己的 OpenAI 兼容服务的地址，通常以 /v1 结尾",
      en: "address of your own OpenAI-compatible server, usually ending in /v1",
    },
    serverUrl,
    null,
  ),
  model: text({
    zh: "该服务上的模型名；不写就问服务的 /models",
    en: "the model's name there; without it the server's /models is asked",
  }),
  keyEnv: parsed(
    {
      zh: "存放密钥的环境变量名；不写就是不需要密钥",
      en: "name of the environment variable with the key; without it none is needed",
    },
    variableName,
    null,
  ),
  grader: parsed(
    {
      zh: "只写一个自己的评分器的起点（id），连同试它的题集",
      en: "only the beginnings of a grader of your own (its id), with a suite to try it",
    },
    graderId,
    null,
  ),
};

/**
 * Writes `baimo.yaml` and `suites/my-suite.yaml`, or with `--grader` an in-house grader and its suite; never over a file that
 * is there already.
 */
export const command = defineCommand({
  usage: "[--url http://…/v1 [--model m] [--key-env NAME]] | [--grader id]",
  options,
  run: async (options, context) => {
    const { cwd, lang, print } = context;
    if (options.positionals.length > 0) throw unexpected(options.positionals.join(" "));
    if (options.grader !== null) {
      if (options.url !== null || options.model !== null || options.keyEnv !== null) {
        throw graderAlone;
      }
      await writeGrader(options.grader, context);
      return 0;
    }
    const env = await readEnv(cwd, context.env);
    // Nothing is asked where nothing could be written.
    if (await isThere(join(cwd, "baimo.yaml"))) throw configured;
    const own = await askedServer(options, env, context);
    const vendors = await allVendors(builtinFolder("providers"), null);
    const keys = vendors
      .map((vendor) => keyOf(vendor, env, context.now()))
      .filter((each) => each !== null);
    const ready = keys.flatMap(({ present, model }) => (present && model !== null ? [model] : []));
    const schema = schemaPath(cwd);
    const suite = join("suites", "my-suite.yaml");
    const hasSuite = await isFile(join(cwd, suite));
    await writeAll(
      [
        {
          name: "baimo.yaml",
          text: configText({ lang, name: ownName(context), own, ready, schema }),
        },
        ...(hasSuite ? [] : [{ name: suite, text: suiteText(lang) }]),
      ],
      context,
    );
    if (hasSuite) print(kept(suite)[lang]);
    const lines = keyLines(keys, own, env, context);
    if (lines.length > 0) print(["", ...lines].join("\n"));
    print("");
    print(nextSteps(own, env, context));
    return 0;
  },
});

/** All of the files, or none where one is there already. */
async function writeAll(
  files: readonly { readonly name: string; readonly text: string }[],
  { cwd, print }: Context,
): Promise<void> {
  for (const { name } of files) {
    if (await isThere(join(cwd, name))) throw exists(name);
  }
  for (const { name, text } of files) await writeNew(join(cwd, name), name, text);
  print(files.map(({ name }) => `✓ ${name}`).join("\n"));
}

/** A config that is there is left alone, and what belongs into it is told. */
async function writeGrader(id: string, context: Context): Promise<void> {
  const { cwd, lang, print } = context;
  const names = graderFiles(id);
  const hasConfig = await isThere(join(cwd, "baimo.yaml"));
  await writeAll(
    [
      { name: names.grader, text: graderText(id, lang) },
      { name: names.suite, text: graderSuite(id, lang) },
      ...(hasConfig ? [] : [{ name: "baimo.yaml", text: graderConfig(id) }]),
    ],
    context,
  );
  print("");
  if (hasConfig) {
    print({ zh: "把这两行写进 baimo.yaml：", en: "Put these lines into baimo.yaml:" }[lang]);
    print(graderSetting(id));
  }
  const check = `  ${ownName(context)} check ${names.suite}`;
  print(`${{ zh: "接下来：", en: "Next:" }[lang]}\n${check}`);
}

function graderId(given: string): string {
  if (!Id.safeParse(given).success) {
    throw new UserError({
      zh: `--grader ${given} 不能作评分器的 id（字母、数字、汉字、. _ -）`,
      en: `--grader ${given} cannot be a grader's id (letters, digits, . _ -)`,
    });
  }
  if (!graderIds().includes(given)) return given;
  throw new UserError({
    zh: `--grader ${given} 是内置的评分器；请换一个 id`,
    en: `--grader ${given} is built in; take another id`,
  });
}

const graderAlone = new UserError({
  zh: "--grader 不与 --url、--model、--key-env 同用",
  en: "--grader does not go with --url, --model or --key-env",
});

/** A text that is no name is not repeated: it may be the key itself. */
function variableName(given: string): string {
  if (/^[A-Za-z_]\w*$/.test(given)) return given;
  throw new UserError({
    zh: "--key-env 是环境变量的名字，不是密钥本身，例如 --key-env MY_API_KEY",
    en: "--key-env takes the name of an environment variable, not the key itself, such as --key-env MY_API_KEY",
  });
}

type Key = {
  readonly variable: string;
  readonly vendor: string;
  readonly present: boolean;
  /** The vendor's first model. */
  readonly model: string | null;
};

function keyOf(vendor: Vendor, env: Env, now: Date): Key | null {
  const auth = vendor.auth ?? { scheme: "none" };
  const variables = Object.entries(variablesOf(auth))
    .filter(([name]) => auth.optional?.includes(name) !== true)
    .map(([, variable]) => variable);
  if (variables.length === 0) return null;
  const answers = (model: string): boolean => {
    const life = lifeOf(vendor, model);
    return life === undefined || standingAt(life, now).stage === "current";
  };
  const first = (vendor.models ?? []).find((row) => "id" in row && answers(row.id));
  return {
    variable: variables.join(" + "),
    vendor: vendor.id,
    present: variables.every((name) => isSet(env, name)),
    model: first === undefined || !("id" in first) ? null : `${vendor.id}/${first.id}`,
  };
}

const isSet = (env: Env, name: string): boolean => (env[name]?.trim() ?? "") !== "";

function keyLines(
  keys: readonly Key[],
  own: OwnServer | null,
  env: Env,
  context: Context,
): readonly string[] {
  const { lang } = context;
  const found = keys.filter(({ present }) => present);
  const lacking = keys.filter(({ present }) => !present);
  const title = { zh: "密钥：", en: "Keys:" };
  const rest = {
    zh: `  其余 ${lacking.length} 个内置服务商的密钥未设置，见 ${ownName(context)} providers`,
    en: `  the keys of ${lacking.length} more built-in vendors are not set; see ${ownName(context)} providers`,
  };
  const lines = [
    ...(own === null || own.key === null
      ? []
      : [`  ${isSet(env, own.key) ? "✓" : "✗"} ${own.key} (mine)`]),
    ...found.map(({ variable, vendor }) => `  ✓ ${variable} (${vendor})`),
    // Whoever has a server of their own asked for no vendor.
    ...(lacking.length === 0 || own !== null ? [] : [rest[lang]]),
  ];
  return lines.length === 0 ? [] : [title[lang], ...lines];
}

function nextSteps(own: OwnServer | null, env: Env, context: Context): string {
  const { lang } = context;
  const name = ownName(context);
  const key = own?.key ?? null;
  const secret = key !== null && !isSet(env, key);
  const load = `  ${name} load --quick    # `;
  const zh = [
    ...(secret ? [`  export ${key}=…       # 或写进 .env`] : []),
    ...(own === null ? ["  编辑 baimo.yaml       # 写上自己的目标"] : []),
    `  ${name} ping    # 每个目标发一个小请求，看通不通`,
    `  ${name} run     # 跑 starter，出排行榜；my-suite 改成自己的题以后，也写进 baimo.yaml 的 suites`,
    ...(own === null
      ? []
      : [`${load}粗测能承受多少人；发真请求，每个目标最多 ${quick.requests} 次、约一分钟`]),
  ];
  const en = [
    ...(secret ? [`  export ${key}=…       # or put it into .env`] : []),
    ...(own === null ? ["  edit baimo.yaml       # name your own targets"] : []),
    `  ${name} ping    # one small request to each target`,
    `  ${name} run     # runs starter and prints a leaderboard; once my-suite is your own, add it to suites in baimo.yaml`,
    ...(own === null
      ? []
      : [
          `${load}how many users it bears; real requests, at most ${quick.requests} and about a minute for each target`,
        ]),
  ];
  return [{ zh: "接下来：", en: "Next:" }[lang], ...(lang === "zh" ? zh : en)].join("\n");
}

/** The generated schema, where it lies below the folder: in a checkout, or in its `node_modules`. */
function schemaPath(cwd: string): string | null {
  const file = join(dirname(builtinFolder("suites")), "baimo.schema.json");
  const path = relative(cwd, file);
  return path.startsWith("..") || isAbsolute(path) ? null : `./${path.split(sep).join("/")}`;
}

const isThere = async (file: string): Promise<boolean> =>
  (await stat(file).catch(() => null)) !== null;

async function writeNew(file: string, name: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: "wx" }).catch((error: unknown) => {
    if (error instanceof Error && Reflect.get(error, "code") === "EEXIST") throw exists(name);
    // A file that was begun and has no room would be taken for the user's own next time.
    return rm(file, { force: true }).then(() => Promise.reject(error));
  });
}

const isFile = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isFile() ?? false;

const exists = (name: string): UserError =>
  new UserError({
    zh: `${name} 已存在，没有改动它。想重来就先把它移走。`,
    en: `${name} exists already and was left as it is. Move it away to start over.`,
  });

const configured = new UserError({
  zh: "baimo.yaml 已存在，没有改动它。要换地址、模型或密钥，改其中的 providers.mine（密钥写成 auth: {scheme: bearer, env: 变量名}）；想重来就先把它移走。",
  en: "baimo.yaml exists already and was left as it is. For another address, model or key change its providers.mine (a key as auth: {scheme: bearer, env: NAME}); move it away to start over.",
});

const kept = (name: string): Text => ({
  zh: `✓ ${name} 已存在，沿用它`,
  en: `✓ ${name} exists already and stays as it is`,
});

const unexpected = (names: string): UserError =>
  new UserError({ zh: `init 不接受 ${names}`, en: `init takes no ${names}` });
