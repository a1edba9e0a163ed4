import { answerText } from "../../text/segments/segments.ts";

/** The part of a folded reply that answers: without asides, offers and questions that the model asked itself. */
export function bodyOf(text: string): string {
  const body = answerText(text);
  return body === "" ? text : body;
}

const formatting =
  /\\(?:text|textbf|textit|textrm|mathrm|mathbf|mathbb|mathsf|mathit|operatorname|boldsymbol)\s?\{([A-Z](?=\}(?![_^{(\d]))|[^{}\n]{0,80}[\u4e00-\u9fff:][^{}\n]{0,80})\}/g;

/** Without LaTeX commands that only dress letters. */
export const undressed = (text: string): string =>
  text.includes("\\") ? text.replaceAll(formatting, "$1") : text;
