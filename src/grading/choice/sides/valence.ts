import type { Stem } from "../question/stem.ts";

import { askedWords } from "../clauses/asked-words.ts";
import { isOther, wordAsked } from "../clauses/membership.ts";
import { judgementIn } from "../clauses/words.ts";
import { asked } from "../clauses/words.ts";
import { askingClause } from "../question/stem.ts";

const good =
  /有益|有利|利于|有助|益处|护|宜|健康|安全|环保|合法|合规|规范|礼貌|得体|文明|科学|可取|推荐|提倡|入选|保留|好处|能(?:够|行)|可以|\b(?:good|safe|helpful|healthy|legal|yes|in)\b/;
const bad =
  /有害|不利|[伤损]|害处?|危险|违|浪费|污染|不雅|失礼|禁|忌|避免|[坏劣弊]|排除|出局|淘汰|不(?:宜|推荐|提倡|可取|文明|得体|科学|规范|合规|合法|环保|安全|健康|能|行|可以|入选|选|属|是|算)|非法|\b(?:bad|unsafe|harmful|illegal|out|no|not)\b/;

/** What a head or a predicate says of its options: that they are the asked ones (true), that they are others, or nothing. */
export function sideOf(words: string, question: string, stem: Stem): boolean | null {
  const told = judgementIn(words);
  if (told !== null && told.scale !== "member") return asked(told, stem);
  const word = stem === "wrong" ? null : wordAsked(words, askedWords(question, stem));
  if (word !== null && word.length > 1) {
    const at = words.indexOf(word);
    // 固定资产, where 流动资产 are asked, is another kind.
    if (isOther(words.charAt(at - 1), word, question))
      return asked({ scale: "member", value: false }, stem);
    const denied = /不|没|非|无|未|\bnot?\b|n't/.test(words.slice(0, Math.max(0, at)));
    return asked({ scale: "member", value: !denied }, stem);
  }
  if (told !== null) return asked(told, stem);
  return valenceOf(words, question, stem);
}

/** 有益 and 有害, where the one or the other is asked. */
function valenceOf(words: string, question: string, stem: Stem): boolean | null {
  if (words.length > 16) return null;
  const says = bad.test(words) ? false : good.test(words) ? true : null;
  if (says === null) return null;
  const wanted = !bad.test(askingClause(question));
  return stem === "not" ? null : says === wanted;
}

const negation = /^(?:不是?|非|无|没有?|未|in|non-?|un|not )/i;

/** One says what the other denies: 可再生 and 不可再生. The one that affirms, or null. */
export const affirming = (one: string, other: string): string | null =>
  negation.test(other) && other.replace(negation, "") === one
    ? one
    : negation.test(one) && one.replace(negation, "") === other
      ? other
      : null;
