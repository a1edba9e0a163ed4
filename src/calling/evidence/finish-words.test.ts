import { expect, test } from "vitest";

import type { FinishReason } from "../../domain/call.ts";

import { finishOf, weightier } from "./finish-words.ts";

test.each<[FinishReason, string]>([
  ["stop", "stop STOP eos end_turn STOP_SEQUENCE complete completed normal"],
  ["length", "length max_tokens MAX_TOKENS max_output_tokens maxTokens max_new_tokens token-limit"],
  [
    "filter",
    "content_filter SAFETY sensitive RECITATION high_risk content_policy_violation 内容违规",
  ],
  ["tool", "tool_calls function_call tool_use"],
  ["refusal", "refusal"],
  [
    "error",
    "network_error NetworkError error ERROR abort aborted abnormal abnormal_stop internal_error " +
      "server_error upstream_error model_error engine-error insufficient_system_resource timeout " +
      "time_out interrupted cancelled canceled failed failure exception crashed overloaded " +
      "unexpected_eof broken_pipe disconnected rate_limited service_busy MALFORMED_FUNCTION_CALL 生成异常",
  ],
  ["other", "OTHER FINISH_REASON_UNSPECIFIED unknown eos_token"],
])("%s", (reason, words) => {
  for (const raw of words.split(" ")) expect(finishOf(raw)).toEqual({ reason, raw });
});

test.each([null, undefined, "", "null", 0, {}])("%j is no finish", (raw) => {
  expect(finishOf(raw)).toBeNull();
});

test.each([
  ["stop", "length", "length"],
  ["length", "stop", "length"],
  ["network_error", "stop", "network_error"],
  ["content_filter", "stop", "content_filter"],
  ["tool_calls", "stop", "tool_calls"],
  ["tool_calls", "length", "length"],
  ["stop", "error", "error"],
  ["stop", null, "stop"],
  [null, "stop", "stop"],
])("%s and then %s is %s", (before, next, stands) => {
  expect(weightier(finishOf(before), finishOf(next))?.raw).toBe(stands);
});
