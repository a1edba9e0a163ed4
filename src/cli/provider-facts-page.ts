import type { Lang, Text } from "../domain/text.ts";
import type { Vendor } from "../store/providers/providers.ts";

import { proofText } from "../domain/life/proof.ts";
import { builtinFolder } from "../store/builtin.ts";
import { proofOf } from "../store/providers/facts/proof.ts";
import { allVendors } from "../store/providers/providers.ts";

/** What the vendors' files rest on, by its file from the package's root; `npm run schemas` writes both. */
export const providerFactsPages: Readonly<Record<string, Lang>> = {
  "docs/provider-facts.md": "en",
  "docs/provider-facts.zh-CN.md": "zh",
};

const word = {
  title: { zh: "服务商的资料与出处", en: "What is known of the providers" },
  twin: { zh: "[English](provider-facts.md)", en: "[中文](provider-facts.zh-CN.md)" },
  lead: {
    zh: "本页由 `npm run schemas` 从 `providers/*.yaml` 生成，不要手改。每条写明出处和查阅日期；“转述”是指不出自厂商自己的页面，未经核实。没有一家用真实账号试过，除非接口验证一栏写着“已实测”。",
    en: "`npm run schemas` writes this page from `providers/*.yaml`; do not edit it. Each fact has its source and the day on which it was read; second-hand ones are not from the vendor's own page and unverified. No vendor was tried with a real account unless its proof says so.",
  },
  proofs: { zh: "接口验证", en: "Proof of the interface" },
  facts: { zh: "资料", en: "Facts" },
  life: { zh: "别名与生命周期", en: "Aliases and life cycle" },
  provider: { zh: "服务商", en: "Provider" },
  proof: { zh: "验证", en: "Proof" },
  sdk: { zh: "对照的 SDK", en: "SDK" },
  fact: { zh: "内容", en: "Fact" },
  source: { zh: "出处", en: "Source" },
  read: { zh: "查阅", en: "Read" },
  second: { zh: "转述", en: "second-hand" },
  model: { zh: "模型", en: "Model" },
  alias: { zh: "现指", en: "Stands for" },
  retires: { zh: "下线", en: "Ends" },
  next: { zh: "替代", en: "Instead" },
  moving: { zh: "会改指", en: "moves" },
  answers: { zh: "冒名作答", en: "answers under its name" },
} as const satisfies Readonly<Record<string, Text>>;

/** Proofs, facts and life cycles of every provider that ships. */
export async function providerFactsPage(lang: Lang): Promise<string> {
  const folder = builtinFolder("providers");
  const vendors = await allVendors(folder, null);
  const proofs = await Promise.all(vendors.map((vendor) => proofOf(vendor, folder)));
  const say = (name: keyof typeof word): string => word[name][lang];
  const blocks = [
    `# ${say("title")}`,
    say("twin"),
    say("lead"),
    `## ${say("proofs")}`,
    table(
      [say("provider"), say("proof"), say("sdk")],
      vendors.flatMap(({ id, sdk = "" }, index) => {
        const proof = proofs[index] ?? null;
        return proof === null
          ? []
          : [[code(id), proofText(proof)[lang], sdk === "" ? "" : code(sdk)]];
      }),
    ),
    `## ${say("facts")}`,
    table(
      [say("provider"), say("fact"), say("source"), say("read")],
      vendors.flatMap(({ id, facts = [] }) =>
        facts.map(({ about, source, read, second_hand }) => [
          code(id),
          about[lang],
          sourceOf(source, second_hand, lang),
          read,
        ]),
      ),
    ),
    `## ${say("life")}`,
    table(
      [say("model"), say("alias"), say("retires"), say("next"), say("source"), say("read")],
      vendors.flatMap((vendor) => lifeRows(vendor, lang)),
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** What stands on another vendor has that one's models. */
function lifeRows({ id, like, life, models = [] }: Vendor, lang: Lang): readonly string[][] {
  if (like !== undefined) return [];
  const named = [
    { name: id, life },
    ...models.map((row) => ({ name: `${id}/${"id" in row ? row.id : row.match}`, life: row.life })),
  ];
  return named.flatMap(({ name, life: own }) => {
    if (own === undefined || (own.alias ?? own.retires ?? own.noticed) === undefined) return [];
    const { alias, retires = "", successor = "", rerouted_to, source, read, second_hand } = own;
    const next = rerouted_to === undefined ? successor : `${rerouted_to} (${word.answers[lang]})`;
    const now = alias === true ? word.moving[lang] : (alias ?? "");
    return [[code(name), now, retires, next, sourceOf(source, second_hand, lang), read]];
  });
}

const sourceOf = (source: string, second: true | undefined, lang: Lang): string =>
  second === true ? `${source} (${word.second[lang]})` : source;

const code = (text: string): string => `\`${text}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map(cell).join(" | ")} |`)
    .join("\n");

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
