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

/** The fence's brackets become full-width, and the code is broken up. */
export const harmless = (text: string, code: string): string =>
  text
    .replaceAll("⟦", "［")
    .replaceAll("⟧", "］")
    .replaceAll(code, `${code.slice(0, 5)}·${code.slice(5)}`);
