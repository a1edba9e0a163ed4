import type { Lang } from "../../../domain/text.ts";
import type { ChoiceResult } from "../choose.ts";
import type { LackingFact } from "../vetoes.ts";

import { formats } from "../../../domain/formats.ts";
import { egressWords } from "../../../domain/life/host-place.ts";

/**
 * The facts that nobody stated, as lines that can be copied: for this choice into the card and a file of prices, for later runs
 * into `baimo.yaml`. Empty where no target waits for one. Values stand for those that the user knows.
 */
export function completingLines(choice: ChoiceResult, lang: Lang): readonly string[] {
  const waiting = choice.targets.flatMap(({ ref, findings }) => {
    const lacks = new Set(findings.flatMap((finding) => finding.lacks ?? []));
    return lacks.size === 0 ? [] : [{ ref, lacks }];
  });
  if (waiting.length === 0) return [];
  const lacking = (fact: LackingFact): readonly string[] =>
    waiting.flatMap(({ ref, lacks }) => (lacks.has(fact) ? [ref] : []));
  const zh = lang === "zh";
  const [places, prices] = [lacking("egress"), lacking("price")];
  const source = zh ? "运维确认" : "confirmed by operations";
  return [
    zh
      ? "不知道的写明就能排名，下面的可以照抄，值换成实情。"
      : "Once stated, these can be ranked. The lines below can be copied; put in what is true.",
    ...(places.length === 0
      ? []
      : [
          zh ? "计分卡：" : "The card:",
          "facts:",
          ...places.map(
            (ref) =>
              `  - {target: ${scalar(ref)}, egress: ${egressWords.境内[lang]}, source: ${source}, read: ${choice.day}}`,
          ),
        ]),
    ...(prices.length === 0
      ? []
      : [
          zh ? "prices.yaml，加 --prices prices.yaml：" : "prices.yaml, with --prices prices.yaml:",
          `schema: ${formats.prices}`,
          `source: ${zh ? "报价单" : "offer"}`,
          `read: ${choice.day}`,
          "rows:",
          ...prices.flatMap((ref) => [`  - target: ${scalar(ref)}`, `    price: ${examplePrice}`]),
        ]),
    zh ? "以后的运行，写进 baimo.yaml：" : "For later runs, in baimo.yaml:",
    "providers:",
    ...[...Map.groupBy(waiting, ({ ref }) => partsOf(ref).provider)].flatMap(([provider, own]) => {
      const models = own.flatMap(({ ref, lacks }) =>
        lacks.has("price") ? [partsOf(ref).model] : [],
      );
      return [
        `  ${scalar(provider)}:`,
        ...(own.some(({ lacks }) => lacks.has("egress"))
          ? [`    egress: ${egressWords.境内[lang]}`]
          : []),
        ...(models.length === 0 ? [] : ["    models:"]),
        ...[...new Set(models)].flatMap((model) => [
          `      - id: ${scalar(model)}`,
          `        price: ${examplePrice}`,
        ]),
      ];
    }),
  ];
}

const examplePrice = "{currency: CNY, tiers: [{input: 1, output: 2}]}";

/** A target's provider and its model without the name of a variant. */
function partsOf(ref: string): { readonly provider: string; readonly model: string } {
  const slash = ref.indexOf("/");
  return { provider: ref.slice(0, slash), model: ref.slice(slash + 1).replace(/@[^@/]*$/u, "") };
}

/** A name as YAML: in quotes where plain it might be read as something else. */
const scalar = (name: string): string =>
  /^[\p{L}_][\p{L}\p{N}_./-]*$/u.test(name) ? name : JSON.stringify(name);
