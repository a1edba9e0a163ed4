import { fold } from "../../text/normalise.ts";
import { withRaised } from "../../text/raised.ts";
import { factorial } from "./tidy.ts";

/** A folded reply with its displayed formulas on one line and between dollars, so that no sentence ends within them. */
export const displaysInDollars = (reply: string): string =>
  onOneLine(fold(withRaised(withFactorials(reply))));

/** Marks n! before full-width ！ becomes the same sign and sentences end at it. */
const withFactorials = (text: string): string =>
  text.replaceAll(/(?<=[\w)}])!(?=\s*(?:[/)*=}+^$\\-]|\d))/g, factorial);

const onOneLine = (text: string): string =>
  text
    .replaceAll(/\\\[((?:[^\\]|\\(?![[\]])){1,3000})\\\]/g, (_, inner: string) => displayed(inner))
    .replaceAll(/\$\$([^$]{1,3000})\$\$/g, (_, inner: string) => displayed(inner))
    .replaceAll(
      /\\\(((?:[^\\]|\\(?![()])){1,1000})\\\)/g,
      (_, inner: string) => ` $${inner.trim()}$ `,
    )
    .replaceAll(/(?<=:|[是为得即有到]|(?:所以|因此|于是|从而|故),?)\s*\n+\s*(?=\$)/g, " ")
    // -3(x=2 时取到) tells where the value is reached.
    .replaceAll(
      /(?<=[\d}])\s?\((?:当|此时|在)?\s?\$?[a-z]\s?=[^()]{1,24}?时?[^()]{0,4}(?:取到|取得|取最[大小]值?|达到|成立)\)/g,
      "",
    )
    .replaceAll(/(?<![\\a-z])sqrt\s?(?=\()/g, "√")
    // A system of two lines, and a chain that goes on in the next line.
    .replaceAll(/\{\s?([a-z]\s?=[^{}\n]{1,60}?)[,;]?\s*\n\s*\{\s?(?=[a-z]\s?=)/g, "$1, ")
    .replaceAll(/(?<=[^\s:。])[ \t]*\n[ \t]*(?==[^=])/g, " ");

/** The last row of an aligned display; of others, all on one line. */
function displayed(inner: string): string {
  const system =
    /\\left\s*\\\{\s*\\begin\{(aligned|array|gathered)\}(?:\{[lcr]*\})?([\s\S]*)\\end\{\1\}/.exec(
      inner,
    );
  if (system !== null) {
    const lines = (system[2] ?? "").replaceAll(/\s+/g, " ").trim();
    return ` $\\begin{cases}${lines}\\end{cases}$ `;
  }
  const rows = /\\begin\{(aligned|align\*?|split|gathered)\}([\s\S]*)\\end\{\1\}/.exec(inner)?.[2];
  const row = rows
    ?.replaceAll("&", "")
    .split(/\\\\/)
    .findLast((each) => each.trim() !== "");
  const text = (row ?? inner).replaceAll(/\s+/g, " ").trim();
  return /\\f?boxed|\\tag/.test(text)
    ? ` ${text.replaceAll(/\\tag\*?\{[^{}]*\}/g, "")} `
    : ` $${text}$ `;
}
