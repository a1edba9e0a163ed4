import { z } from "zod";

import type { Lang, Text } from "../../domain/text.ts";

import { Config } from "../../domain/config.ts";
import { defaultSettings } from "../run/settings.ts";
import { keyWords } from "./key-words.ts";
import { type SchemaKey, schemaKeys } from "./schema-keys.ts";

/** The reference of `baimo.yaml`, by its file from the package's root; `npm run schemas` writes both. */
export const configPages: Readonly<Record<string, Lang>> = {
  "docs/config.md": "en",
  "docs/config.zh-CN.md": "zh",
};

const words = {
  title: { zh: "baimo.yaml 的每一个键", en: "Every key of baimo.yaml" },
  twin: { zh: "[English](config.md)", en: "[中文](config.zh-CN.md)" },
  lead: {
    zh: "本页由 `npm run schemas` 从程序检查配置所用的格式生成，不要手改。`[]` 是列表里的一项，`*` 是自己起的名字；`amount` 写成 `20CNY` 那样的选项时，这里写作 `{amount: 20, currency: CNY}`。不认识的键会被拒绝，并提示最接近的名字。从 `baimo init` 写出的文件改起最快。",
    en: "`npm run schemas` writes this page from the format by which the program checks a config; do not edit it. `[]` is an entry of a list, `*` a name of your own; an `amount` that an option takes as `20CNY` is `{amount: 20, currency: CNY}` here. A key that is not known is refused, and the nearest name is told. The file that `baimo init` writes is the quickest beginning.",
  },
  key: { zh: "键", en: "Key" },
  type: { zh: "类型", en: "Type" },
  fallback: { zh: "默认", en: "Default" },
  meaning: { zh: "含义", en: "Meaning" },
  params: { zh: "参数", en: "Params" },
  paramsLead: {
    zh: "`run.params`、目标和裁判的一项里都可以写。",
    en: "May stand in `run.params` and in an entry of targets or judges.",
  },
  providers: { zh: "服务商", en: "Providers" },
  providersLead: {
    zh: "写在 `providers.*` 之下，含义和例子见 [providers.zh-CN.md](providers.zh-CN.md)。",
    en: "Below `providers.*`; what they mean, with examples: [providers.md](providers.md).",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** Every key of a config with its words; `provider` keys are told without them. */
export function configKeys(): readonly (SchemaKey & { readonly part: string })[] {
  const schema = z.toJSONSchema(Config, { target: "draft-07", io: "input", reused: "ref" });
  const named = schemaKeys(schema).map((key) => ({ ...key, path: shared(key.path) }));
  return [...new Map(named.map((key) => [key.path, key])).values()]
    .filter(({ path }) => !/\.(amount|currency)$/.test(path) || path.startsWith("providers."))
    .map((key) => ({ ...key, part: partOf(key.path) }));
}

/** One page of the documentation, from the schema of the config. */
export function configPage(lang: Lang): string {
  const keys = configKeys();
  const parts = [...new Set(keys.map(({ part }) => part))];
  const blocks = [`# ${words.title[lang]}`, words.twin[lang], words.lead[lang]];
  for (const part of parts.filter((each) => each !== "providers")) {
    const own = keys.filter((key) => key.part === part);
    blocks.push(`## ${part === "params" ? words.params[lang] : part}`);
    if (part === "params") blocks.push(words.paramsLead[lang]);
    blocks.push(table(own, lang));
  }
  const providers = keys.filter(({ path }) => path.startsWith("providers."));
  blocks.push(`## ${words.providers[lang]}`, words.providersLead[lang]);
  blocks.push(providerTable(providers, lang));
  return `${blocks.join("\n\n")}\n`;
}

/** Judges are entries like targets, and the params of all are the same: each is told once. */
const shared = (path: string): string =>
  path
    .replace(/^judges\.\*(\.use)?\[\]\./, "targets[].")
    .replace(
      /^(targets\[\]|run\.params)\.(?=(temperature|top_p|max_tokens|seed|stop|presence_penalty|frequency_penalty|thinking|thinking_budget)$)/,
      "params.",
    );

const topLevel = "baimo.yaml";

function partOf(path: string): string {
  const [first = ""] = path.split(/[.[]/);
  return first === path ? topLevel : first;
}

function table(keys: readonly SchemaKey[], lang: Lang): string {
  const head = [words.key, words.type, words.fallback, words.meaning].map((each) => each[lang]);
  const rows = keys.map(({ path, type, fallback }) => [
    `\`${path}\``,
    code(type),
    fallbackText(fallback ?? fallbackOfRun(path)),
    keyWords[path]?.[lang] ?? "",
  ]);
  return lines([head, head.map(() => "---"), ...rows]);
}

const providerTable = (keys: readonly SchemaKey[], lang: Lang): string =>
  lines([
    [words.key[lang], words.type[lang]],
    ["---", "---"],
    ...keys.map(({ path, type }) => [`\`${path.replace("providers.*.", "")}\``, code(type)]),
  ]);

/** Options may name them too, so that they stand in the program and not in the schema. */
function fallbackOfRun(path: string): string | null {
  const { deadlines, ...plain } = defaultSettings;
  const named = Object.entries({ ...plain, ...prefixed(deadlines) });
  const found = named.find(([name]) => path === `run.${name}`)?.[1];
  return found === undefined ? null : String(found);
}

const prefixed = (deadlines: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(deadlines).map(([name, value]) => [`deadlines.${name}`, value]),
  );

const fallbackText = (fallback: string | null): string =>
  fallback === null ? "—" : code(fallback);

const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

const lines = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
