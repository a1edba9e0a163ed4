import type { Endpoint } from "../../calling/protocol.ts";
import type { Text } from "../../domain/text.ts";

import { UserError } from "../../domain/text.ts";

/** What makes a key unusable, or null; the value itself is never shown. */
export function keyFault(value: string): Text | null {
  if (/[\r\n]/.test(value)) {
    return {
      zh: "中间有换行（可能把两行粘到了一起，或没有复制完整）",
      en: "holds a line break (two lines pasted together, or not copied whole?)",
    };
  }
  if (/^bearer\s/i.test(value)) {
    return {
      zh: "以 Bearer 开头；只写密钥本身，Bearer 会自动加上",
      en: "begins with Bearer; give the key alone, Bearer is added",
    };
  }
  if (/^(["'`]).*\1$/.test(value)) {
    return { zh: "带着引号；去掉两端的引号", en: "stands in quotes; take them off" };
  }
  if (/\p{Script=Han}/u.test(value)) {
    return {
      zh: "含有汉字（可能还是说明文字，没有换成真的密钥）",
      en: "holds Chinese characters (still the placeholder?)",
    };
  }
  if (/\s/.test(value)) return { zh: "中间有空白", en: "holds blanks" };
  if (/[^\u0021-\u007e]/.test(value)) {
    return {
      zh: "含有不能放进请求头的字符（全角符号、零宽字符等）",
      en: "holds characters that no header can carry (full-width or zero-width ones?)",
    };
  }
  return null;
}

/** Credentials that are JSON, PEM or the path of a file may hold anything. */
export const isKeyText = ({ scheme }: Endpoint["auth"], name: string): boolean =>
  scheme !== "google" && !(scheme === "oci" && name === "private_key");

/**
 * Throws a `UserError` that names the provider, the header and its variables if a header holds what cannot be sent.
 * The provider is not named where the place of the header is told. `written` are the headers before the environment was filled in.
 */
export function checkHeaders(
  headers: Readonly<Record<string, string>>,
  written: Readonly<Record<string, string>>,
  provider: string | null,
): void {
  for (const [name, value] of Object.entries(headers)) {
    if (/^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value)) continue;
    const variables = [...(written[name] ?? "").matchAll(/\$\{([A-Za-z_]\w*)/g)].map(
      ([, variable]) => variable ?? "",
    );
    const from = variables.length === 0 ? "" : variables.join(", ");
    const [zh, en] =
      provider === null ? ["", ""] : [`服务商 ${provider} 的`, ` of provider ${provider}`];
    throw new UserError({
      zh: `${zh}请求头 ${name} 里有换行或汉字之类不能发送的字符${from === "" ? "" : `，来自环境变量 ${from}`}；请改成可打印的 ASCII 字符`,
      en: `the header ${name}${en} holds characters that cannot be sent, such as a line break or 汉字${from === "" ? "" : `; it comes from ${from}`}; use printable ASCII`,
    });
  }
}
