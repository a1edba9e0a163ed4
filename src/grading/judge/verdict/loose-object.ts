import { foldSimplified } from "../../../text/normalise.ts";

/** One member of an object that a model wrote by hand. */
export type LooseField = { readonly key: string; readonly value: string | readonly LooseField[] };

/** What was read, and where in the text it ended. */
export type LooseObject = { readonly fields: readonly LooseField[]; readonly end: number };

/** The form in which verdicts are read: NFKC, simplified, nothing invisible, comments and end tokens of models removed. */
export const foldVerdict = (text: string): string =>
  foldSimplified(text)
    .replaceAll(/<\/?(?:s|eos|bos|end|end_of_turn)>|<\|[a-z_▁ ]+\|>|\[\/?(?:eos|end)\]/giu, " ")
    .replaceAll(/\/\*.*?\*\/|(?<=[\s,;])\/\/[^\n]*/g, " ");

const closers: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "“": '”“"',
  "”": '”"',
  "‘": "’‘'",
  "’": "’'",
  "「": "」",
  "『": "』",
};
const separator = /[\s,;、]/u;

/**
 * An object in the spirit of JSON from the `{` at `from` on: any quotes or none, any comma or none at the end, = for :, objects
 * within it. Null where a key has no value or the brace never closes: what was cut off is not read.
 */
export function readLooseObject(text: string, from: number): LooseObject | null {
  const fields: LooseField[] = [];
  let at = from + 1;
  for (;;) {
    while (at < text.length && separator.test(text[at] ?? "")) at += 1;
    if (at >= text.length) return null;
    if (text[at] === "}") return { fields, end: at + 1 };
    const key = readKey(text, at);
    if (key === null) return null;
    const value = readValue(text, key.end);
    if (value === null) return null;
    fields.push({ key: key.text, value: value.value });
    at = value.end;
  }
}

function readKey(text: string, from: number): { text: string; end: number } | null {
  const found = /^\s*([^{}\n]*?)\s*[:=]\s*/u.exec(text.slice(from, from + mostKey));
  const [whole = "", key = ""] = found ?? [];
  return found === null || key === "" ? null : { text: bareKey(key), end: from + whole.length };
}

const mostKey = 200;

/** A key without quotes and Markdown. */
export const bareKey = (key: string): string =>
  key.replaceAll(/^[\s"'`“”‘’「」『』*_·•-]+|[\s"'`“”‘’「」『』*_]+$/gu, "");

function readValue(text: string, from: number): { value: LooseField["value"]; end: number } | null {
  const first = text[from] ?? "";
  if (first === "{") {
    const inner = readLooseObject(text, from);
    return inner === null ? null : { value: inner.fields, end: inner.end };
  }
  const closer = closers[first];
  return closer === undefined ? bareValue(text, from) : quotedValue(text, from, closer);
}

/** A quotation mark closes a value only where something follows that ends one, since judges quote within their reasons. */
function quotedValue(text: string, from: number, closer: string) {
  for (let at = from + 1; at < text.length; at += 1) {
    if (!closer.includes(text[at] ?? "")) continue;
    const [rest = ""] = /^\s*(?:[,;、}\]\n]|$)/u.exec(text.slice(at + 1, at + 50)) ?? [];
    if (rest !== "" || at === text.length - 1) {
      return { value: text.slice(from + 1, at).trim(), end: at + 1 };
    }
  }
  return null;
}

function bareValue(text: string, from: number) {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (char === "(") depth += 1;
    if (char === ")") depth -= 1;
    if (depth <= 0 && /[,;、}\n]/u.test(char))
      return { value: text.slice(from, at).trim(), end: at };
  }
  return null;
}

/** `切题：4，文采：3` or a line for each, without braces; `end` is where the last of them ends. */
export function readLooseList(text: string): LooseObject {
  const pair =
    /[ \t]*(?:[-*•·>][ \t]+)?(?:(?:\d{1,2}[.)][ \t]*)?([^\s\d,;、:=。{}][^\s,;、:=。{}]{0,40})[ \t]*[:=]|(\d{1,2})[ \t]*[:.)]|(\p{Script=Han}{1,20})[ \t]*(?=\d))[ \t]*([^\s,;、\n{}](?:[^,;、\n{}]*[^\s,;、\n{}])?)[ \t]*(?:[,;、]|\n|$)[\s]*/uy;
  const fields: LooseField[] = [];
  let end = /^\s*/u.exec(text)?.[0].length ?? 0;
  for (;;) {
    pair.lastIndex = end;
    const found = pair.exec(text);
    if (found === null) return { fields, end };
    const [whole, key, number, name, value = ""] = found;
    fields.push({ key: bareKey(key ?? number ?? name ?? ""), value: unquoted(value) });
    end += whole.length;
  }
}

const unquoted = (text: string): string =>
  text.replaceAll(/^["'`“‘「*]+|["'`”’」*]+$/gu, "").trim();
