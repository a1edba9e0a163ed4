import type { CallRecord } from "../../domain/call.ts";
import type { TargetView } from "./model.ts";

import { isGraded } from "../../domain/outcome.ts";
import { fingerprint32 } from "./columns.ts";
import { flag } from "./shapes.ts";

/**
 * Notes of an answer's words what tells a model from a broken endpoint: whether there are any, whether they read like
 * a notice of the service, and a fingerprint by which equal replies are found. Call it after the row's flags are set.
 */
export function readReply(
  { rows: { at } }: TargetView,
  row: number,
  turns: readonly CallRecord[],
): void {
  const answered = turns.filter(({ outcome }) => isGraded(outcome));
  const text = answered.map((turn) => turn.text.trim()).join("\n");
  at.reply[row] = answered.length === 0 ? 0 : fingerprintOf(text);
  if (answered.some(saysNothing)) at.flags[row] = (at.flags[row] ?? 0) | flag.empty;
  else if (isNotice(text)) at.flags[row] = (at.flags[row] ?? 0) | flag.notice;
}

/** The vendor said ok and sent no words, or said itself that it broke off. A reply cut at the limit is the model's own. */
function saysNothing({ outcome, text, tool_calls = [], finish }: CallRecord): boolean {
  if (finish?.reason === "error" || /error|fail/i.test(finish?.raw ?? "")) return true;
  return outcome === "ok" && text.trim() === "" && tool_calls.length === 0;
}

const longestNotice = 300;
/** Shorter replies, such as a letter, are equal by chance. */
const leastReply = 6;

/** The length is part of it, so that the beginning of a long reply suffices. */
const fingerprintOf = (text: string): number =>
  text.length < leastReply ? 0 : fingerprint32(text, longestNotice);

const notices: readonly RegExp[] = [
  /(服务|系统|网络|接口|网关|上游|引擎|模型|请求|访问|线路|当前).{0,10}(繁忙|异常|错误|故障|不可用|超时|出错|维护|过载|拥挤|过多|频繁|升级|拥堵)/,
  /稍[后候]再?[重]?试|请稍[后候]|开小差|余额不足|欠费|(额度|配额|流量).{0,4}(不足|用[完尽]|耗尽|超)|限流|排队人数/,
  /\b(service|server|system|gateway|upstream|network|api|engine)\b.{0,40}\b(busy|unavailable|overloaded|error|time(d )?-?out|down|maintenance)\b/i,
  /\b(rate limit|too many requests|(try|retry) again|please retry|quota exceeded|insufficient (balance|quota)|bad gateway|internal (server )?error|under maintenance|at capacity|high demand)\b/i,
  /^(<!doctype|<html|\{\s*"(error|code|errcode|error_code|err_msg)")/i,
];

const isNotice = (text: string): boolean =>
  text.length <= longestNotice && notices.some((notice) => notice.test(text));
