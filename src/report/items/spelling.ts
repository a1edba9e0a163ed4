import { stripThink } from "../../text/extract.ts";
import { foldSimplified, stripLatex, stripMarkdown } from "../../text/normalise.ts";

/** Longer replies are no short answers, and two of them are hardly ever the same. */
const longestReply = 40;

/** The short answer that a whole reply is, for graders that extract none; null where it is not short. */
export function shortReply(reply: string): string | null {
  // Reasoning in the text may be long; only what follows it counts.
  if (reply.length > longestReply && !/<\/|◁/.test(reply)) return null;
  const text = stripThink(reply).text.trim();
  return text === "" || text.length > longestReply ? null : text;
}

/**
 * The form in which two answers are the same: simplified, without Markdown, LaTeX dressing, blanks and closing marks;
 * `1,200.0` is `1200`. Signs inside stay, so that x-y is not xy.
 */
export function spellingOf(answer: string): string {
  const text = stripLatex(stripMarkdown(foldSimplified(answer)))
    .toLowerCase()
    .replaceAll(/\s+/g, "")
    .replaceAll(/^[“"'《「]+|[”"'》」。.,，;；!！?？]+$/g, "");
  const digits = text.replaceAll(/(?<=\d),(?=\d{3}(?!\d))/g, "");
  return /^[-+]?\d+(?:\.\d+)?$/.test(digits) ? String(Number(digits)) : text;
}
