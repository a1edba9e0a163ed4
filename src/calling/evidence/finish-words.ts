import type { Finish, FinishReason } from "../../domain/call.ts";

/** Words of vendors and gateways, in lower case. Unknown ones are told by `families`. */
const words: Readonly<Record<FinishReason, string>> = {
  stop: "stop eos end_turn stop_sequence complete completed normal finished finish done success",
  length:
    "length max_tokens max_output_tokens model_length model_context_window_exceeded error_limit time_limit " +
    "context",
  filter:
    "content_filter content_filtered guardrail_intervened sensitive safety recitation blocklist " +
    "prohibited_content spii language error_toxic model_armor risk",
  refusal: "refusal",
  tool: "tool_calls function_call tool_use tool_call",
  error:
    "error timeout malformed_response malformed_model_output malformed_tool_use " +
    "malformed_function_call unexpected_tool_call too_many_tool_calls missing_thought_signature " +
    "abort cancelled failed pause_turn continuation steered queued",
  other: "",
};
const reasons = new Map(
  (Object.keys(words) as FinishReason[]).flatMap((reason) =>
    words[reason].split(" ").map((word) => [word, reason] as const),
  ),
);

/**
 * What a word that nobody has listed most likely means. Gateways make up their own for a generation that broke
 * (`network_error`, `insufficient_system_resource`), and such an answer does not count, whoever the host is.
 */
const families: readonly (readonly [FinishReason, RegExp])[] = [
  [
    "filter",
    /filter|sensitive|safety|moderat|violat|prohibit|block(?:ed|list)|censor|risk|违规|敏感|审核|拦截/,
  ],
  ["length", /max_?(?:new_?)?tokens|token_?limit|length|truncat/],
  [
    "error",
    /error|fail|abort|abnormal|interrupt|time_?d?_?out|cancel|exception|crash|overload|unavailable|insufficient|disconnect|broken|malformed|incomplete|unexpected|invalid|killed|evict|preempt|shutdown|reset|busy|rate_?limit|throttl|quota|capacity|异常|错误|失败|中断|超时|繁忙/,
  ],
];

/** Normalises a vendor's finish reason; null, "" and the text "null" mean not finished. */
export function finishOf(raw: unknown): Finish | null {
  if (typeof raw !== "string" || raw === "" || raw === "null") return null;
  const word = raw.toLowerCase().replaceAll(/[\s-]+/g, "_");
  const reason = reasons.get(word) ?? families.find(([, family]) => family.test(word))?.[0];
  return { reason: reason ?? "other", raw };
}

/** A later word replaces one of the same or a lower weight: gateways add a plain `stop` to what was cut or broken. */
const weights: Readonly<Record<FinishReason, number>> = {
  other: 0,
  stop: 0,
  tool: 1,
  length: 2,
  filter: 2,
  refusal: 2,
  error: 3,
};

/** The finish reason that stands after another has come. */
export const weightier = (before: Finish | null, next: Finish | null): Finish | null =>
  before === null || (next !== null && weights[next.reason] >= weights[before.reason])
    ? next
    : before;
