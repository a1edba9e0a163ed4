import type { Lang, Text } from "../../domain/text.ts";

import { freshDays } from "../../domain/life/read-day.ts";

/** What of one vendor's file is to be looked up again. */
export type StaleVendor = {
  readonly id: string;
  readonly groups: readonly {
    readonly source: string;
    readonly read: string;
    readonly about: readonly Text[];
  }[];
};

/** The vendors whose facts are stale, oldest facts first, as lines. */
export function staleList(vendors: readonly StaleVendor[], lang: Lang): string {
  const held = vendors.filter(({ groups }) => groups.length > 0);
  if (held.length === 0) return words.none[lang];
  const sorted = held.toSorted((a, b) => oldest(a).localeCompare(oldest(b)));
  const blocks = sorted.map(({ id, groups }) =>
    [
      id,
      ...groups.map(({ source, read, about }) => {
        const named = aboutText(about, lang);
        return `  ${read}  ${named}\n    ${source}`;
      }),
    ].join("\n"),
  );
  return [words.title[lang], ...blocks].join("\n\n");
}

const oldest = ({ groups }: StaleVendor): string => groups[0]?.read ?? "";

const shown = 4;

function aboutText(about: readonly Text[], lang: Lang): string {
  const names = about.slice(0, shown).map((each) => each[lang]);
  const rest = about.length - names.length;
  const comma = lang === "zh" ? "、" : ", ";
  if (rest <= 0) return names.join(comma);
  return lang === "zh"
    ? `${names.join(comma)}等 ${about.length} 项`
    : `${names.join(comma)} and ${rest} more`;
}

const words = {
  title: {
    zh: `以下资料查于 ${freshDays} 多天前，请对照来源重查，改 providers/ 里的文件（自己的价格改 baimo.yaml）并写上新日期：`,
    en: `Read more than ${freshDays} days ago. Look each up again at its source, and write what holds into providers/ (prices of your own: into baimo.yaml) with the new day:`,
  },
  none: {
    zh: `没有超过 ${freshDays} 天的资料`,
    en: `no fact is older than ${freshDays} days`,
  },
} as const satisfies Readonly<Record<string, Text>>;
