import type { Mismatch } from "../../domain/request/mismatch.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { AsAsked, ThinkingKept } from "./asked.ts";

import { isOffWord } from "../../domain/request/thinking.ts";
import { clean } from "../render/format.ts";
import { nameChangeOf, otherModels, type ModelNames } from "./models.ts";

const marks: Readonly<Record<Mismatch, Text>> = {
  model: { zh: "另一型号", en: "another model" },
  thinking: { zh: "未按要求思考", en: "thinking not as asked" },
  effort: { zh: "思考强度未生效", en: "effort ignored" },
  params: { zh: "参数被拒", en: "params refused" },
};

/** `另一型号、未按要求思考`: the mark of a row; "—" where all came as asked. */
export const mismatchText = ({ not_as_asked }: Pick<AsAsked, "not_as_asked">, lang: Lang): string =>
  not_as_asked.length === 0
    ? "—"
    : not_as_asked.map((kind) => marks[kind][lang]).join(lang === "zh" ? "、" : ", ");

/** Names that are listed of one target at most. */
const mostNames = 5;

type Named<T> = T & { readonly name: string };

/**
 * The raw names that vendors returned where they differ from the one asked for: a line per target that another model
 * answered, and one for all those that answered under a dated name or an alias.
 */
export function modelLines(targets: readonly Named<ModelNames>[], lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const others = targets.filter((target) => nameChangeOf(target) === "other");
  const lines = others.map((target) => {
    const asked = clean(target.model_asked ?? "");
    const returned = returnedText(target, lang);
    const other = otherModels(target).reduce((sum, { answers }) => sum + answers, 0);
    return zh
      ? `${target.name}：作答的是另一个型号，${other} 次；返回的模型名：${returned}（请求 ${asked}）；${priceText(target, lang)}。确是同一型号时，在 providers 里给它写上 returned_as`
      : `${target.name}: another model gave ${other} answers; model name returned: ${returned} (asked for ${asked}); ${priceText(target, lang)}. If both are one model, give it returned_as under providers`;
  });
  const listOf = (change: "dated" | "alias"): string =>
    targets
      .filter((target) => nameChangeOf(target) === change)
      .map((target) => `${target.name} → ${returnedText(target, lang)}`)
      .join(zh ? "；" : "; ");
  const [dated, alias] = [listOf("dated"), listOf("alias")];
  return [
    ...lines,
    ...(dated === ""
      ? []
      : [
          zh
            ? `返回的模型名与请求的只差日期或版本号：${dated}`
            : `Model names returned that differ by a date or version alone: ${dated}`,
        ]),
    ...(alias === ""
      ? []
      : [
          zh
            ? `返回的模型名是同一型号的别名：${alias}`
            : `Model names returned that are aliases of the same model: ${alias}`,
        ]),
  ];
}

const priceText = ({ priced_as }: ModelNames, lang: Lang): string => {
  const names = priced_as.map((name) => clean(name, 200)).join(lang === "zh" ? "、" : ", ");
  if (names === "") return { zh: "它的价格未知", en: "its price is unknown" }[lang];
  return { zh: `费用按 ${names} 的价格计`, en: `priced as ${names}` }[lang];
};

/** `big-72b ×90、tiny-0.5b ×10`, at most five of them. */
export function returnedText(
  { models_returned }: Pick<ModelNames, "models_returned">,
  lang: Lang,
): string {
  const listed = models_returned
    .slice(0, mostNames)
    .map(({ id, answers }) => `${clean(id, 200)} ×${answers}`);
  const more = models_returned.length - listed.length;
  const rest = { zh: `另 ${more} 个`, en: `${more} more` }[lang];
  return [...listed, ...(more > 0 ? [rest] : [])].join(lang === "zh" ? "、" : ", ");
}

/** What of thinking and of params came otherwise than it was asked for, a line per target. */
export const askedLines = (targets: readonly Named<AsAsked>[], lang: Lang): readonly string[] =>
  targets.flatMap((target) => {
    const parts = [
      ...(target.thinking_kept === null ? [] : thinkingParts(target.thinking_kept, lang)),
      ...effortParts(target, lang),
      ...refusedParts(target, lang),
    ];
    if (parts.length === 0) return [];
    const zh = lang === "zh";
    const list = parts.join(zh ? "；" : "; ");
    const place = target.misnamed
      ? {
          zh: "。不以这个名字排名，要照排用 --force",
          en: ". Not ranked under this name without --force",
        }[lang]
      : "";
    return [zh ? `${target.name}：${list}${place}` : `${target.name}: ${list}${place}`];
  });

function thinkingParts(kept: ThinkingKept, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const { asked_off, despite, asked_on, came, silent, unsent, own } = kept;
  const level = own === null || isOffWord(String(own)) ? "" : zh ? `（${own}）` : ` (${own})`;
  return [
    ...(despite > 0
      ? [
          zh
            ? `未按要求思考：要求不思考的 ${asked_off} 次作答里，${despite} 次有思考`
            : `thinking not as asked: ${despite} of ${asked_off} answers that asked for none reasoned`,
        ]
      : []),
    ...(asked_on > 0 && came === 0 && silent > 0
      ? [
          zh
            ? `未按要求思考：要求思考${level}的 ${asked_on} 次作答里，没有一次看得出思考`
            : `thinking not as asked: none of ${asked_on} answers that asked for it${level} shows any`,
        ]
      : []),
    ...(unsent > 0
      ? [
          zh
            ? `未按要求思考：${unsent} 次作答的思考档位${level}没有发出，用的是厂商默认`
            : `thinking not as asked: for ${unsent} answers no level${level} could be sent, so the vendor's default held`,
        ]
      : []),
    ...kept.levels
      .filter(({ held }) => held !== null)
      .map(({ asked, held, answers }) =>
        zh
          ? `思考档位 ${asked} 实际按 ${held} 处理（${answers} 次）`
          : `level of thinking ${asked} is treated as ${held} (${answers} answers)`,
      ),
  ];
}

const effortParts = ({ not_as_asked, thinking_kept }: AsAsked, lang: Lang): readonly string[] => {
  if (!not_as_asked.includes("effort")) return [];
  const level = String(thinking_kept?.own ?? "");
  return [
    {
      zh: `思考强度未生效：${level} 与同一型号的另一档相比，思考的量没有差别`,
      en: `effort ignored: at ${level} it reasons as much as the same model does at another level`,
    }[lang],
  ];
};

function refusedParts({ refused_params }: AsAsked, lang: Lang): readonly string[] {
  if (refused_params.length === 0) return [];
  const list = refused_params
    .map(({ param, answers }) => `${clean(param, 60)} ×${answers}`)
    .join(lang === "zh" ? "、" : ", ");
  return [
    {
      zh: `厂商拒收的参数：${list}，按厂商默认值作答`,
      en: `params that the vendor refused: ${list}; answered by the vendor's defaults`,
    }[lang],
  ];
}
