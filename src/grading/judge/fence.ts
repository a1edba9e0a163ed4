import { digestOf } from "../../domain/digest.ts";

/**
 * A code that the writer of the fenced texts cannot know: it depends on every letter of them, so that a reply that
 * wants to hold its own code would have to hold its own digest.
 */
export const fenceCode = (texts: readonly (string | null)[]): string =>
  digestOf(["fence", ...texts]).slice(0, 10);

/** A text between two fences. Whatever in it looks like a fence is taken apart. */
export const fenced = (name: string, text: string, code: string): string =>
  `⟦${name} ${code}⟧\n${harmless(text, code)}\n⟦${name}完 ${code}⟧`;

/** Full-width brackets in the place of the fence's, and the code broken up. */
export const harmless = (text: string, code: string): string =>
  text
    .replaceAll("⟦", "［")
    .replaceAll("⟧", "］")
    .replaceAll(code, `${code.slice(0, 5)}·${code.slice(5)}`);
