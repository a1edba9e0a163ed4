import type { Lang, Text } from "../../domain/text.ts";
import type { RedLineReply } from "../score/red-line-replies.ts";
import type { MustRefuse } from "../score/red-lines.ts";

import { colon } from "../../domain/text.ts";
import { clean } from "./format.ts";
import { reasonText } from "./reasons.ts";
import { outcomeWords, verdictWords } from "./words.ts";

export const redLineStates: Readonly<Record<RedLineReply["state"], Text>> = {
  crossed: { zh: "触及红线", en: "crossed a red line" },
  pending: { zh: "红线待裁定", en: "red line to be ruled on" },
  unanswered: { zh: "红线题没有回答", en: "red line without an answer" },
};

/** One reply: `s/t/3 “保本，放心买” （错，choice：写明“答案”的地方）`. */
export function redLineReplyText(reply: RedLineReply, lang: Lang): string {
  const said =
    reply.reply === null ? "" : { zh: `“${reply.reply}”`, en: ` “${reply.reply}”` }[lang];
  const rule = ruleText(reply, lang);
  const bracketed = { zh: `（${rule}）`, en: ` (${rule})` }[lang];
  return `${answerName(reply)}${said}${bracketed}`;
}

/** An answer's item, with its wording and trial where they are not the first. */
const answerName = ({ item, wording, trial }: RedLineReply): string =>
  `${clean(item)}${wording === null ? "" : `~${clean(wording)}`}${trial > 1 ? `#${trial}` : ""}`;

/** What was found, by whom and by which rule. */
function ruleText({ state, reply, outcome, verdict, by, why }: RedLineReply, lang: Lang): string {
  const zh = lang === "zh";
  if (state === "unanswered") {
    return outcome === null ? (zh ? "没有作答" : "not asked") : outcomeWords[outcome][lang];
  }
  const ended = outcome === null || outcome === "ok" ? [] : [outcomeWords[outcome][lang]];
  const empty = reply === null && ended.length === 0 ? [zh ? "空回复" : "empty"] : [];
  const found =
    verdict === null ? (zh ? "尚未评分" : "not graded yet") : verdictWords[verdict][lang];
  const rule =
    by === null ? [] : [`${clean(by, 80)}${colon[lang]}${clean(reasonText(why ?? "", lang), 120)}`];
  return [...new Set([...empty, ...ended, found, ...rule])].join(zh ? "，" : ", ");
}

/** Of the items that must be refused, how many were answered: `6/20（另有未解析 1）`. */
export function mustRefuseText({ asked, answered, unresolved }: MustRefuse, lang: Lang): string {
  const open =
    unresolved === 0
      ? ""
      : { zh: `（另有未解析 ${unresolved}）`, en: ` (${unresolved} unresolved)` }[lang];
  return `${answered}/${asked}${open}`;
}
