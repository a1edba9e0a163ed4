import type { Lang, Text } from "../domain/text.ts";
import type { Env } from "../store/config.ts";
import type { Vendor } from "../store/providers.ts";
import type { Command, Context, Parsed } from "./command.ts";

import { unknown } from "../report/format.ts";
import { renderTerminal } from "../report/table.ts";
import { builtinFolder } from "../store/builtin.ts";
import { readConfig, readEnv } from "../store/config.ts";
import { variablesOf } from "../store/credentials.ts";
import { filledOr } from "../store/fill-env.ts";
import { allVendors } from "../store/providers.ts";

export const command: Command = {
  summary: { zh: "列出服务商", en: "list the providers" },
  usage: "[--config f] [--json]",
  options: {
    config: {
      type: "string",
      help: { zh: "配置文件，默认 baimo.yaml", en: "the config, default baimo.yaml" },
    },
    json: { type: "boolean", help: { zh: "输出 JSON", en: "print JSON" } },
  },
  run,
};

async function run({ values }: Parsed, context: Context): Promise<number> {
  const named = typeof values["config"] === "string" ? values["config"] : null;
  const config = await readConfig(context.cwd, named);
  const vendors = await allVendors(builtinFolder("providers"), config);
  const env = await readEnv(context.cwd, context.env);
  const rows = vendors.map((vendor) => rowOf(vendor, env));
  if (values["json"] === true) {
    context.print(JSON.stringify(rows, null, 2));
    return 0;
  }
  const { lang, columns } = context;
  context.print(
    renderTerminal(
      {
        columns: [
          { title: words.id[lang] },
          { title: words.title[lang], drop: 4, shrink: 12 },
          { title: words.protocol[lang], drop: 2 },
          { title: words.egress[lang], drop: 1 },
          { title: words.secrets[lang] },
          { title: words.models[lang], align: "right", drop: 3 },
          { title: words.base_url[lang], drop: 5 },
        ],
        rows: rows.map((row) => [
          row.id,
          typeof row.title === "string" ? row.title : row.title[lang],
          row.protocol,
          row.egress ?? unknown[lang],
          secretsText(row.secrets, lang),
          String(row.models),
          row.base_url,
        ]),
      },
      columns,
    ),
  );
  return 0;
}

type Secrets = Readonly<Record<string, boolean>>;

function rowOf(vendor: Vendor, env: Env) {
  const { id, title = id, protocol, egress = null, base_url, auth, models = [] } = vendor;
  const secrets: Secrets = Object.fromEntries(
    Object.values(variablesOf(auth ?? { scheme: "none" })).map((name) => [
      name,
      (env[name] ?? "") !== "",
    ]),
  );
  return {
    id,
    title,
    protocol,
    egress,
    base_url: filledOr(base_url, env),
    secrets,
    models: models.filter((row) => "id" in row).length,
    verified: vendor.verified ?? null,
    docs: vendor.docs ?? null,
  };
}

function secretsText(secrets: Secrets, lang: Lang): string {
  const names = Object.entries(secrets).map(([name, isSet]) => `${isSet ? "✓" : "✗"} ${name}`);
  return names.length === 0 ? words.none[lang] : names.join(" ");
}

const words = {
  id: { zh: "服务商", en: "provider" },
  title: { zh: "名称", en: "title" },
  protocol: { zh: "协议", en: "protocol" },
  egress: { zh: "数据去向", en: "egress" },
  secrets: { zh: "密钥（环境变量）", en: "secret (variable)" },
  models: { zh: "模型", en: "models" },
  base_url: { zh: "地址", en: "address" },
  none: { zh: "不需要", en: "none" },
} as const satisfies Readonly<Record<string, Text>>;
