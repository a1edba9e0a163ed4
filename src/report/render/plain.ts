import { stripVTControlCharacters } from "node:util";

const harmless = /^[\x20-\x7e]*$/;

/**
 * One harmless line of what others wrote: terminal escapes, control, bidi, zero-width and other invisible characters
 * are removed, each line break and tab becomes a blank, and of stacked combining marks three are kept. Blanks stay, so
 * that a line may be indented. What is plain already stays as it is, so that it does no harm twice.
 */
export function plain(text: string): string {
  if (harmless.test(text)) return text;
  return stripVTControlCharacters(text)
    .toWellFormed()
    .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu, "")
    .replaceAll(/\r\n?|[\n\t\v\f\u0085\u2028\u2029]/gu, " ")
    .replaceAll(/\p{Cc}/gu, "")
    .replaceAll(/(\p{M}{3})\p{M}+/gu, "$1");
}

/**
 * What may go to a terminal: lines and tabs as they are, but nothing that moves the cursor, colours or turns the text
 * around. Everything that commands print passes through here.
 */
export function terminalText(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/gu, "\n")
    .replaceAll(/[\p{Bidi_Control}\p{Cc}]/gu, (char) =>
      char === "\n" || char === "\t" ? char : "",
    );
}

/** JSON in which whatever a terminal or an editor would obey is spelt out; its value is the same. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replaceAll(/[\u007F-\u009F\u2028\u2029]|\p{Cf}/gu, (char) =>
    Array.from(
      { length: char.length },
      (_, index) => `\\u${char.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );

/** A line of a chat message: neither Markdown nor a mention of somebody, whichever dialect the chat speaks. */
export const chatLine = (text: string): string =>
  plain(text).replaceAll(/[<>[\]()*`#@~|\\]/g, (char) =>
    String.fromCodePoint((char.codePointAt(0) ?? 0) + fullWidth),
  );

/** From an ASCII sign to the same one in full width, which nothing but people read. */
const fullWidth = 0xfee0;
