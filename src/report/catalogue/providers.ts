import type { Egress } from "../../domain/life/host-place.ts";
import type { Standing } from "../../domain/life/life-cycle.ts";
import type { Proof } from "../../domain/life/proof.ts";
import type { Lang, Text } from "../../domain/text.ts";

import { proofText } from "../../domain/life/proof.ts";
import { renderTerminal } from "../render/terminal.ts";
import { widthOf } from "../render/width.ts";
import { lifeWords } from "./life-words.ts";

/** What is shown of one provider. */
export type ProviderEntry = {
  readonly id: string;
  readonly title: string | Text;
  readonly protocol: string;
  readonly egress: Egress | null;
  readonly base_url: string;
  /** Variables of its secrets, and whether they are set. */
  readonly secrets: Readonly<Record<string, boolean>>;
  readonly models: number;
  /** Null for what is nobody's API, and a user's own server. */
  readonly proof: Proof | null;
  /** Of the whole platform; null where no end is known. */
  readonly standing: Standing | null;
  readonly verified: string | null;
};

/**
 * Providers grouped by where data goes, then platforms that end, and what each was checked against, in lines of at most
 * `width` columns.
 */
export function providerList(
  entries: readonly ProviderEntry[],
  lang: Lang,
  width: number,
  now: Date,
): string {
  const groups = places
    .map((place) => ({ place, held: entries.filter(({ egress }) => egress === place) }))
    .filter(({ held }) => held.length > 0);
  const [titles = "", rule = "", ...rows] = tableOf(
    groups.flatMap(({ held }) => held),
    lang,
    width,
  ).split("\n");
  const blocks = groups.map(({ place, held }) => {
    const heading = `${words[place ?? "unknown"][lang]} (${held.length})`;
    return ["", heading, ...rows.splice(0, held.length)].join("\n");
  });
  return [
    titles,
    rule,
    ...blocks,
    ...ends(entries, lang, width, now),
    ...checks(entries, lang, width),
  ].join("\n");
}

const places = ["境内", "境外", "内网", null] as const;

const tableOf = (entries: readonly ProviderEntry[], lang: Lang, width: number): string =>
  renderTerminal(
    {
      columns: [
        { title: words.id[lang] },
        { title: words.title[lang], shrink: 26 },
        { title: words.proof[lang] },
        { title: words.secrets[lang], shrink: 30 },
        { title: words.models[lang], align: "right", drop: 1 },
        { title: words.protocol[lang], drop: 2 },
        { title: words.base_url[lang], drop: 3, shrink: 20 },
      ],
      rows: entries.map((entry) => [
        entry.id,
        (entry.standing?.stage === "retired" ? words.ended[lang] : "") +
          (typeof entry.title === "string" ? entry.title : entry.title[lang]),
        entry.proof === null ? "" : proofText(entry.proof)[lang],
        secretsText(entry.secrets, lang),
        String(entry.models),
        entry.protocol,
        entry.base_url,
      ]),
    },
    width,
  );

function secretsText(secrets: ProviderEntry["secrets"], lang: Lang): string {
  const names = Object.entries(secrets).map(([name, isSet]) => `${isSet ? "✓" : "✗"} ${name}`);
  return names.length === 0 ? words.none[lang] : names.join(" ");
}

/** Platforms that end or have ended; they stay listed for the sake of old run files. */
function ends(
  entries: readonly ProviderEntry[],
  lang: Lang,
  width: number,
  now: Date,
): readonly string[] {
  const lines = entries.flatMap(({ id, standing }) => {
    const said = standing === null ? null : lifeWords(standing, now);
    return said === null ? [] : wrapped(Array.from(`${id} ${said[lang]}`), "", "· ", width);
  });
  return lines.length === 0 ? [] : ["", words.ends[lang], ...lines];
}

/** Each way of checking once, with the providers that were checked that way. */
function checks(entries: readonly ProviderEntry[], lang: Lang, width: number): readonly string[] {
  const ways = new Map<string, string[]>();
  for (const { id, verified } of entries) {
    if (verified !== null) ways.set(verified, [...(ways.get(verified) ?? []), id]);
  }
  if (ways.size === 0) return [];
  const sorted = [...ways].toSorted(([, a], [, b]) => b.length - a.length);
  return [
    "",
    words.checked[lang],
    ...sorted.flatMap(([how, ids]) => [
      ...wrapped(Array.from(how), "", "· ", width),
      ...wrapped(ids, " ", "  ", width),
    ]),
  ];
}

/** Pieces in lines that are all indented by the width of `lead`. */
function wrapped(
  pieces: readonly string[],
  between: string,
  lead: string,
  width: number,
): readonly string[] {
  const lines: string[] = [];
  let line = lead;
  for (const piece of pieces) {
    if (line !== lead && widthOf(line + between + piece) > width) {
      lines.push(line);
      line = " ".repeat(widthOf(lead));
    }
    line += (line.trim() === "" || line === lead ? "" : between) + piece;
  }
  return [...lines, line];
}

const words = {
  id: { zh: "服务商", en: "provider" },
  title: { zh: "名称", en: "title" },
  protocol: { zh: "协议", en: "protocol" },
  proof: { zh: "接口验证", en: "proof" },
  ended: { zh: "[已停] ", en: "[ended] " },
  ends: {
    zh: "停止服务的平台（保留是为了读旧的运行文件）",
    en: "platforms that end (kept for old run files)",
  },
  secrets: { zh: "密钥（环境变量）", en: "secret (variable)" },
  models: { zh: "模型", en: "models" },
  base_url: { zh: "地址", en: "address" },
  none: { zh: "不需要", en: "none" },
  境内: { zh: "境内", en: "mainland" },
  境外: { zh: "境外", en: "abroad" },
  内网: { zh: "本机或内网", en: "local" },
  unknown: { zh: "数据去向未知", en: "unknown place" },
  checked: {
    zh: "核实情况（价格另见 baimo models）",
    en: "what each rests on (prices: baimo models)",
  },
} as const satisfies Readonly<Record<string, Text>>;
