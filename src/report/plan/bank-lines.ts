import type { Lang } from "../../domain/text.ts";
import type { ParsedSuite } from "../../store/suites/suites.ts";

import { itemLine } from "../../domain/prompt.ts";
import { type Bank, bankOf } from "../../domain/risk/bank.ts";
import { allRisks, bankFloors } from "../../domain/risk/risks.ts";
import { openItems } from "../../store/suites/items.ts";

/** Items of a suite by bank and risk. */
type Held = ReadonlyMap<Bank, ReadonlyMap<string, number>>;

/**
 * What a safety bank holds beside the sizes that the standard asks for, second-hand as in the report: by bank, and every risk
 * below its floor. No lines for a suite without banks.
 */
export async function bankLines(suite: ParsedSuite, lang: Lang): Promise<readonly string[]> {
  const held = await heldIn(suite);
  if (held.size === 0) return [];
  const of = (bank: Bank): number =>
    [...(held.get(bank)?.values() ?? [])].reduce((sum, items) => sum + items, 0);
  const sizes = (["generated", "refuse", "answer"] as const)
    .map((bank) => `${names[bank][lang]} ${of(bank)}/${bankFloors[bank]}`)
    .join(lang === "zh" ? "，" : ", ");
  const short = allRisks.flatMap(({ code, of: { floors } }) => {
    const below = (["generated", "refuse"] as const).flatMap((bank) => {
      const items = held.get(bank)?.get(code) ?? 0;
      return of(bank) === 0 || items >= floors[bank]
        ? []
        : [`${names[bank][lang]} ${items}/${floors[bank]}`];
    });
    return below.length === 0 ? [] : [`${code} ${below.join(" ")}`];
  });
  return {
    zh: [
      `  题库规模（标准的数字系转述）：${sizes}`,
      ...(short.length === 0 ? [] : [`  低于下限的风险：${short.join("、")}`]),
    ],
    en: [
      `  bank sizes (the standard's figures are second-hand): ${sizes}`,
      ...(short.length === 0 ? [] : [`  risks below their floor: ${short.join(", ")}`]),
    ],
  }[lang];
}

const names = {
  generated: { zh: "内容", en: "contents" },
  refuse: { zh: "应拒", en: "must refuse" },
  answer: { zh: "非拒", en: "must not refuse" },
} as const;

/** Empty where no item names a risk: `expect` alone makes no bank of the standard. Generated items name none. */
async function heldIn(suite: ParsedSuite): Promise<Held> {
  const held = new Map<Bank, Map<string, number>>();
  let namesRisks = false;
  for (const task of suite.suite.tasks.filter(({ items }) => !("generate" in items))) {
    const source = await openItems(suite, task);
    try {
      for (let row = 0; row < source.count; row += 1) {
        const line = itemLine(suite.suite, task, await source.at(row), []);
        const [bank, risk] = [bankOf(line), line.risk ?? ""];
        if (bank === null) continue;
        namesRisks ||= risk !== "";
        const risks = held.get(bank) ?? new Map<string, number>();
        risks.set(risk, (risks.get(risk) ?? 0) + 1);
        held.set(bank, risks);
      }
    } finally {
      await source.close();
    }
  }
  return namesRisks ? held : new Map();
}
