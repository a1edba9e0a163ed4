import type { Verdict } from "../../domain/grader.ts";
import type { TokenKind } from "../../domain/money.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { Text } from "../../domain/text.ts";

/** Outcomes for people. Run files and filters keep the ids. */
export const outcomeWords: Readonly<Record<Outcome, Text>> = {
  ok: { zh: "完成", en: "ok" },
  length: { zh: "被截断", en: "cut off" },
  "filtered-input": { zh: "输入被过滤", en: "input filtered" },
  "filtered-output": { zh: "输出被过滤", en: "output filtered" },
  "context-overflow": { zh: "超出上下文", en: "context overflow" },
  "bad-request": { zh: "请求有误", en: "bad request" },
  auth: { zh: "密钥无效", en: "key refused" },
  permission: { zh: "无权限", en: "no permission" },
  "model-not-found": { zh: "无此模型", en: "no such model" },
  quota: { zh: "额度用尽", en: "quota used up" },
  "rate-limited": { zh: "限流", en: "rate limited" },
  overloaded: { zh: "过载", en: "overloaded" },
  timeout: { zh: "超时", en: "timed out" },
  network: { zh: "网络出错", en: "network" },
  server: { zh: "服务器出错", en: "server error" },
  malformed: { zh: "回复格式有误", en: "malformed" },
  aborted: { zh: "已中止", en: "aborted" },
};

export const verdictWords: Readonly<Record<Verdict, Text>> = {
  right: { zh: "对", en: "right" },
  wrong: { zh: "错", en: "wrong" },
  partial: { zh: "部分对", en: "partial" },
  unresolved: { zh: "未解析", en: "unresolved" },
  filtered: { zh: "过滤", en: "filtered" },
  overflow: { zh: "超长", en: "overflow" },
  ungraded: { zh: "未判", en: "ungraded" },
  failed: { zh: "失败", en: "failed" },
};

/** Kinds of tokens that have prices. Written and cached input stand apart from `input`, reasoning from `output`. */
export const tokenKindWords: Readonly<Record<TokenKind, Text>> = {
  input: { zh: "输入", en: "Input" },
  cached_input: { zh: "命中缓存的输入", en: "Cached input" },
  cache_write: { zh: "写入缓存的输入", en: "Cache writes" },
  output: { zh: "输出", en: "Output" },
  reasoning: { zh: "思考", en: "Reasoning" },
};

/** What no kind of token can be given. */
export const unsplitWords: Text = { zh: "拆不开的", en: "Not split" };
