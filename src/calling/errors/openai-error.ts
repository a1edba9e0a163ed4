import type { VendorError } from "../exchange/draft.ts";

import { codeOf, listOf, memberOf, textOf } from "../../domain/json.ts";

/**
 * The error in a body of the OpenAI dialect, in whichever envelope the vendor uses: `{error: {code, type, message}}`,
 * `{error: "…"}`, `{errors: {message}}` (ModelScope), `{base_resp: {status_code, status_msg}}` with a code other than 0
 * (MiniMax, with HTTP 200), without choices `{code, message}` (SiliconFlow, vLLM), `{code, msg}` (Qianfan's gateway) or
 * `{error_code, error_msg}` (Huawei), and any body whose `code` is a number and neither 0 nor a good status (Spark, with
 * HTTP 200). Null if it holds none.
 */
export function openaiError(json: unknown): VendorError | null {
  const error = memberOf(json, "error") ?? memberOf(json, "errors");
  if (typeof error === "string") return errorFrom(codeIn(json), error, json);
  if (typeof error === "object" && error !== null) return enveloped(error, json);
  const status = codeOf(memberOf(memberOf(json, "base_resp"), "status_code"));
  if (status !== null && status !== "0") {
    return errorFrom(status, textOf(memberOf(memberOf(json, "base_resp"), "status_msg")), json);
  }
  const code = memberOf(json, "code");
  const failed = typeof code === "number" && code !== 0 && (code < 200 || code > 299);
  const isBare = code !== 0 && memberOf(json, "choices") === undefined && messageIn(json) !== null;
  return failed || isBare ? bareError(json) : null;
}

/** `{code, message}`, or whatever else an event named as an error holds. */
export const bareError = (json: unknown): VendorError =>
  errorFrom(codeIn(json), messageIn(json), json);

/** What a body says that is no error of the vendor's protocol, `{detail: …}` above all; null if it holds no words. */
export const foreignError = (json: unknown): VendorError | null =>
  openaiError(json) ?? (messageIn(json) === null ? null : bareError(json));

function enveloped(error: object, json: unknown): VendorError {
  const [first = error] = listOf(error);
  // A gateway passes on the code of the vendor behind it.
  const upstream = textOf(memberOf(first, "upstream_code")) ?? "";
  const behind = upstream === "" ? "" : ` (${upstream})`;
  const message = (messageIn(first) ?? JSON.stringify(first)) + behind;
  return {
    ...errorFrom(codeIn(first) ?? codeIn(json), message, json),
    param: textOf(memberOf(first, "param")),
  };
}

const errorFrom = (code: string | null, message: string | null, body: unknown): VendorError => ({
  code,
  message: message ?? JSON.stringify(body),
  param: textOf(memberOf(body, "param")),
  body,
});

const codeIn = (json: unknown): string | null =>
  codeOf(
    memberOf(json, "code") ??
      memberOf(json, "error_code") ??
      memberOf(json, "errorCode") ??
      memberOf(json, "error_type") ??
      memberOf(json, "type"),
  );

const messageNames = [
  "message",
  "msg",
  "error_msg",
  "error_message",
  "errorMessage",
  "errMsg",
  "errmsg",
  "error_description",
  "detail",
] as const;

/** FastAPI's `detail` may be a text, another error, or a list of either and of faults with their place. */
function messageIn(json: unknown): string | null {
  for (const name of messageNames) {
    const value = memberOf(json, name);
    if (typeof value === "string" && value !== "") return unquoted(value);
    if (name !== "detail" || typeof value !== "object" || value === null) continue;
    const parts = listOf(value).length > 0 ? listOf(value) : [value];
    const said = parts.map(partOf).filter((each) => each !== null);
    if (said.length > 0) return said.join("; ");
  }
  return null;
}

function partOf(part: unknown): string | null {
  if (typeof part === "string") return part;
  const error = memberOf(part, "error");
  const said = messageIn(part) ?? (typeof error === "string" ? error : messageIn(error));
  const place = listOf(memberOf(part, "loc")).slice(1).join(".");
  return said === null || place === "" ? said : `${place}: ${said}`;
}

/** A gateway in Python may print an error's members instead of sending them: `{'error': 'no such model'}`. */
const unquoted = (text: string): string =>
  /^\{'(?:error|message|detail)': (['"])(?<said>[^]*)\1\}$/.exec(text)?.groups?.["said"] ?? text;
