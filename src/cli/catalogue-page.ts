import type { Grader } from "../domain/grader.ts";
import type { Lang, Text } from "../domain/text.ts";
import type { Generator } from "../generating/generator.ts";
import type { Importer } from "../importing/importer.ts";
import type { LeaderboardFormat } from "../report/leaderboard/format.ts";

import { loadPlugin, type PluginFolder, pluginIds } from "../plugins.ts";
import { leaderboardFormats, loadLeaderboardFormat } from "../report/leaderboard/format.ts";

/** What ships, by its file from the package's root; `npm run schemas` writes both. */
export const cataloguePages: Readonly<Record<string, Lang>> = {
  "docs/catalogue.md": "en",
  "docs/catalogue.zh-CN.md": "zh",
};

type Row = readonly string[];
type Titled = { readonly id: string; readonly title: Text };
type Section = {
  readonly title: Text;
  readonly head: readonly Text[];
  readonly rows: readonly Row[];
};

const word = {
  title: { zh: "内置的评分器、出题器、导入格式与协议", en: "What is built in" },
  twin: { zh: "[English](catalogue.md)", en: "[中文](catalogue.zh-CN.md)" },
  lead: {
    zh: "本页由 `npm run schemas` 从程序生成，不要手改。第一列的名字就是在题集、配置和命令行里写的名字。",
    en: "`npm run schemas` writes this page from the program; do not edit it. The first column is the name that suites, configs and the command line use.",
  },
  name: { zh: "名字", en: "Name" },
  what: { zh: "是什么", en: "What it is" },
  version: { zh: "版本", en: "Version" },
  grader: { zh: "适用的评分器", en: "Grader" },
  source: { zh: "来源", en: "Source" },
  license: { zh: "许可证", en: "Licence" },
  own: { zh: "自己的文件", en: "your own file" },
  none: { zh: "—", en: "—" },
} as const satisfies Readonly<Record<string, Text>>;

/** Every grader, generator, importer, format and protocol with what it says of itself. */
export async function cataloguePage(lang: Lang): Promise<string> {
  const sections: readonly Section[] = [
    await graders(lang),
    await generators(lang),
    await importers(lang),
    await titled("run-importers", lang, {
      zh: "其他工具的结果格式（import run）",
      en: "Results of other tools (import run)",
    }),
    await formats(lang),
    await titled("report/export/formats", lang, {
      zh: "导出格式（export run）",
      en: "Formats of exports (export run)",
    }),
    protocols(),
  ];
  const blocks = sections.flatMap(({ title, head, rows }) => [
    `## ${title[lang]}`,
    [
      line(head.map((text) => text[lang])),
      line(head.map(() => "---")),
      ...rows.map((cells) => line(cells.map(cellOf))),
    ].join("\n"),
  ]);
  return `${[`# ${word.title[lang]}`, word.twin[lang], word.lead[lang], ...blocks].join("\n\n")}\n`;
}

async function graders(lang: Lang): Promise<Section> {
  const all = await every<Grader>("graders");
  return {
    title: { zh: "评分器", en: "Graders" },
    head: [word.name, word.what, word.version],
    rows: all.map(({ id, title, version }) => [`\`${id}\``, title[lang], version]),
  };
}

async function generators(lang: Lang): Promise<Section> {
  const all = await every<Generator>("generators");
  return {
    title: { zh: "出题器", en: "Generators" },
    head: [word.name, word.what, word.grader, word.version],
    rows: all.map(({ id, title, grader, version }) => [
      `\`${id}\``,
      title[lang],
      `\`${grader}\``,
      version,
    ]),
  };
}

async function importers(lang: Lang): Promise<Section> {
  const all = await every<Importer>("importers");
  return {
    title: { zh: "导入格式", en: "Importers" },
    head: [word.name, word.what, word.source, word.license],
    rows: all.map(({ id, title, source, license }) => [
      `\`${id}\``,
      title[lang],
      source ?? word.own[lang],
      license ?? word.none[lang],
    ]),
  };
}

async function formats(lang: Lang): Promise<Section> {
  const all = await Promise.all(leaderboardFormats().map(loadLeaderboardFormat));
  return {
    title: { zh: "排行榜的格式", en: "Formats of leaderboards" },
    head: [word.name, word.what],
    rows: all
      .filter((format): format is LeaderboardFormat => format !== null)
      .map(({ id, title }) => [`\`${id}\``, title[lang]]),
  };
}

/** Plugins that say no more than what they are. */
async function titled(folder: PluginFolder, lang: Lang, title: Text): Promise<Section> {
  const all = await every<Titled>(folder);
  return {
    title,
    head: [word.name, word.what],
    rows: all.map((each) => [`\`${each.id}\``, each.title[lang]]),
  };
}

const protocols = (): Section => ({
  title: { zh: "协议", en: "Protocols" },
  head: [word.name],
  rows: pluginIds("protocols").map((id) => [`\`${id}\``]),
});

async function every<P>(folder: PluginFolder): Promise<readonly P[]> {
  const all = await Promise.all(pluginIds(folder).map((id) => loadPlugin<P>(folder, id)));
  return all.filter((each) => each !== null);
}

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const cellOf = (text: string): string => text.replaceAll("|", "\\|");
