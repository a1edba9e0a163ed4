import type { CallRecord } from "../../domain/call.ts";
import type { AnswerLine } from "../../domain/run-file/lines.ts";

import { isGraded } from "../../domain/outcome.ts";

/** What the words of an answer tell of who sent it: a model, or a broken endpoint. */
export type ReplyFacts = {
  /** `empty`: without words, or broken off; `notice`: as a service speaks, such as 服务繁忙. */
  readonly kind: "words" | "refusal" | "notice" | "empty";
  /** Equal for equal replies; null where they are too short to tell anything by that. */
  readonly print: string | null;
};

/** The kind of an answer's reply. */
export function replyOf({ turns }: Pick<AnswerLine, "turns">): ReplyFacts {
  const answered = turns.filter(({ outcome }) => isGraded(outcome));
  const text = answered.map((turn) => turn.text.trim()).join("\n");
  return { kind: kindOf(answered, text), print: printOf(text) };
}

function kindOf(answered: readonly CallRecord[], text: string): ReplyFacts["kind"] {
  if (answered.some(saysNothing)) return "empty";
  if (text.length > longestNotice) return "words";
  if (notices.some((notice) => notice.test(text))) return "notice";
  return refusal.test(text) ? "refusal" : "words";
}

/**
 * The vendor said ok and sent no words, or said itself that it broke off, or what came is no text. A reply cut at the limit
 * is the model's own.
 */
function saysNothing({ outcome, text, tool_calls = [], finish }: CallRecord): boolean {
  if (finish?.reason === "error" || /error|fail/i.test(finish?.raw ?? "")) return true;
  if (outcome === "ok" && text.trim() === "" && tool_calls.length === 0) return true;
  return text.includes("\uFFFD") && text.split("\uFFFD").length - 1 > text.length / 5;
}

/** Shorter replies, such as a letter, are equal by chance. */
const leastReply = 6;

/** The length is part of it, so that the beginning of a long reply suffices. */
const printOf = (text: string): string | null =>
  text.length < leastReply ? null : `${text.length} ${text.slice(0, longestNotice)}`;

const longestNotice = 300;
const notices: readonly RegExp[] = [
  /^.{0,80}(服务|系统|网络|接口|网关|上游|引擎|线路).{0,10}(繁忙|异常|错误|故障|不可用|超时|出错|维护|过载|拥挤|过多|频繁|升级|拥堵|下线|停用)/,
  /^.{0,80}(模型|请求|访问|当前).{0,10}(繁忙|不可用|超时|维护|过载|拥挤|过多|频繁|拥堵|下线|停用)/,
  /^.{0,40}(稍[后候]再?[重]?试|请稍[后候]|开小差|余额不足|欠费|(额度|配额|流量).{0,4}(不足|用[完尽]|耗尽|超)|限流|排队人数|(无效|过期)的?(令牌|密钥))/,
  /^(非常|很)?(抱歉|对不起|哎呀|糟糕|呃)?[，,！!\s]*.{0,8}出(了点|现|了)(问题|错误|故障|异常)/,
  /\b(service|server|system|gateway|upstream|network|api|engine|connection)\b.{0,40}\b(busy|unavailable|overloaded|error|time(d )?-?out|down|maintenance|reset|refused|closed)\b/i,
  /\b(rate limit|too many requests|(try|retry) again|please retry|quota exceeded|insufficient (balance|quota)|bad gateway|internal (server )?error|under maintenance|at capacity|high demand|error occurred|something went wrong|request failed|invalid (api )?(key|token)|unauthorized|access denied)\b/i,
  /^(<!doctype|<html|\{\s*"(error|code|errcode|error_code|err_msg)")/i,
  /^["'`]?(null|undefined|nan|n\/a|error|\{\}|\[\])["'`]?$|^[\p{P}\p{S}\s]+$/iu,
];

/** A model, or the vendor's filter, may refuse every item in the same words: that is its own. */
const refusal =
  /抱歉|对不起|很遗憾|(不能|无法|不便|不会|不可以|拒绝)|\b(sorry|cannot|can't|can’t|unable)\b/i;
