import { digestOf } from "../../domain/digest.ts";

/**
 * A code that the author of the fenced texts cannot know: it depends on every character of them, so a reply that
 * contains its own code would have to contain its own digest.
 */
export const fenceCode = (texts: readonly (string | null)[]): string =>
  digestOf(["fence", ...texts]).slice(0, 10);

/** A text between two fences. Anything in it that looks like a fence is defused. */
export const fenced = (name: string, text: string, code: string): string =>
  `⟦${name} ${code}⟧\n${harmless(text, code)}\n⟦${name}完 ${code}⟧`;

/**
 * Marks with which chat templates end a turn or begin another. A vendor that does not escape them would let the material
 * speak as the user or end the prompt: https://huggingface.co/docs/transformers/chat_templating .
 */
const templateMark =
  /<[|｜][^<>|｜\n]{1,40}[|｜]>|<\/?s>|<<\/?SYS>>|\[\/?INST\]|<(?:start|end)_of_turn>|<[be]os>/giu;

/** True where a text holds marks that are shown in other brackets. */
export const holdsTemplateMarks = (text: string): boolean => text.search(templateMark) >= 0;

/** The fence's brackets become full-width, the code is broken up, and marks of chat templates get other brackets. */
export const harmless = (text: string, code: string): string =>
  text
    .replaceAll("⟦", "［")
    .replaceAll("⟧", "］")
    .replaceAll(code, `${code.slice(0, 5)}·${code.slice(5)}`)
    .replaceAll(templateMark, (mark) => `〈${mark.slice(1, -1)}〉`);
