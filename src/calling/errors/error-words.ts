import type { ErrorWords } from "./known-errors.ts";

import { isObject } from "../../domain/json.ts";

/** Where vendors, gateways and servers put a code. */
const codeNames =
  /^(?:(?:error|err|ret|inner|upstream|status|biz)?_?(?:code|type|status|reason|no)|status_code|error_type|exception|name)$/i;
const textNames =
  /^(?:message|msg|detail|details|error|errors|raw|title|reason|description|(?:error|err|ret|status|biz)_?(?:message|msg|description|info)|errmsg|error_msg|cause)$/i;

const mostDepth = 6;
const mostMembers = 200;
const mostText = 2_000;

/**
 * Collects the codes and texts of an error's body, whatever its envelope, including errors of the vendor behind a gateway
 * that stand as JSON inside a text. The given code and message come first.
 */
export function errorWords(
  status: number,
  code: string | null,
  message: string,
  body: unknown,
): ErrorWords {
  const codes = new Set<string>(code === null ? [] : [code]);
  const texts = new Set<string>([message.slice(0, mostText)]);
  let members = 0;
  const walk = (value: unknown, name: string, depth: number): void => {
    members += 1;
    if (depth > mostDepth || members > mostMembers) return;
    if (typeof value === "string" || typeof value === "number") {
      const text = String(value).slice(0, mostText);
      if (codeNames.test(name) && text.length <= 100) codes.add(text);
      if (textNames.test(name)) {
        texts.add(text);
        walkInner(text, depth);
      }
    } else if (Array.isArray(value)) {
      for (const each of value) walk(each, name, depth + 1);
    } else if (isObject(value)) {
      for (const [inner, each] of Object.entries(value)) walk(each, inner, depth + 1);
    }
  };
  /** `BadRequestError: {"error": {"code": "1301", …}}` */
  const walkInner = (text: string, depth: number): void => {
    const json = jsonIn(text);
    if (json !== null) walk(json, "", depth + 1);
  };
  walkInner(message, 0);
  walk(body, "", 0);
  return { codes: [...codes], text: [...texts].join("\n"), status };
}

/** The JSON object inside a text, or null. */
function jsonIn(text: string): unknown {
  const from = text.indexOf("{");
  const to = text.lastIndexOf("}");
  if (from === -1 || to < from) return null;
  try {
    return JSON.parse(text.slice(from, to + 1));
  } catch {
    return null;
  }
}
