import { answerText } from "../../text/segments/segments.ts";

/** The part of a folded reply that answers: without asides, offers and questions that the model asked itself. */
export function bodyOf(text: string): string {
  const body = answerText(text);
  return body === "" ? text : body;
}

const formatting =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathbb|mathsf|mathit|operatorname|boldsymbol)\s?\{(\(?[A-Z]\)?(?=\}(?![_^{(\d]))|[^{}\n]{0,80}[\u4e00-\u9fff:][^{}\n]{0,80})\}/g;

const struck = /~~[^~\n]{1,80}~~|<(del|s|strike)>[^<>\n]{1,80}<\/\1>/g;

/** Without LaTeX commands that only dress letters, and without what is struck out. */
export function undressed(written: string): string {
  const text = withoutSigns(written);
  const plain = text.includes("\\")
    ? text.replaceAll(formatting, "$1").replaceAll(/\\(?:[ ,;:!]|q?quad(?![a-z]))/g, " ")
    : text.replaceAll(/〔([A-Z]{1,8})〕/g, "【$1】");
  return withoutDraft(/~~|<\/(?:del|s|strike)>/.test(plain) ? plain.replaceAll(struck, "") : plain);
}

/** 🅰 🅱 🅾, 🇨 and, where these stand for others, ©: letters that are drawn. */
function withoutSigns(text: string): string {
  if (!text.includes("\ud83c") || !drawn.test(text)) return text;
  const plain = text
    .replaceAll(/🅰\ufe0f?/gu, "A")
    .replaceAll(/🅱\ufe0f?/gu, "B")
    .replaceAll(
      /(?<![\u{1f1e6}-\u{1f1ff}])[\u{1f1e6}-\u{1f1ed}](?![\u{1f1e6}-\u{1f1ff}])/gu,
      (sign) => String.fromCharCode(65 + (sign.codePointAt(0) ?? 0) - 0x1f1e6),
    );
  return plain.replaceAll(/©\ufe0f?/gu, "C");
}

const drawn = /[🅰🅱]|(?<![\u{1f1e6}-\u{1f1ff}])[\u{1f1e6}-\u{1f1ed}](?![\u{1f1e6}-\u{1f1ff}])/u;

const draft =
  /<(scratchpad|scratch|analysis|reasoning|thoughts?|draft|work|notes)>[\s\S]{0,20000}?<\/\1>/gi;

/** Without what the reply sets apart as a draft; all of it where nothing else is left. */
function withoutDraft(text: string): string {
  if (!text.includes("</")) return text;
  const rest = text.replaceAll(draft, " ");
  return rest.trim() === "" ? text : rest;
}
