import type { ChoiceReading, Found } from "../reading.ts";

import { foldSimplified } from "../../../text/normalise.ts";

/** Ways to read that need no second look: the reply announces its choice, in the asked form or in words that conclude. */
const announces = /^(?:boxed|marker|json|check list|ticks|first line|corrected|option texts?$)/;
const concludes = /^(?:conclusion|statement|namely|leading letter|letter line)/;

/**
 * What was read, marked as doubtful unless the reply announces it and nothing that it says elsewhere speaks against it: a
 * second announcement, the same label denied, or, after a mere conclusion, another option. The choice stays as it is.
 */
export function doubted(found: Found, reading: ChoiceReading): Found {
  const { letters, why, doubtful } = found;
  if (letters.length === 0 || doubtful === true) return found;
  return isSpokenAgainst(found, reading) ? { letters, why, doubtful: true } : found;
}

function isSpokenAgainst(found: Found, reading: ChoiceReading): boolean {
  const { text, labels } = reading;
  const { letters, why, at = 0 } = found;
  const isAnnounced = announces.test(why);
  if (!isAnnounced && !concludes.test(why)) return true;
  if (!labels.latin || text.length < 12) return false;
  const others = (letter: string | undefined): boolean =>
    letter !== undefined && labels.list.includes(letter) && !letters.includes(letter);
  if (why !== "corrected" && matchesOf(denied, text).some((letter) => letters.includes(letter)))
    return true;
  if (isAnnounced) return why !== "corrected" && matchesOf(announced, text).some(others);
  const rest = text.slice(at);
  return (
    matchesOf(label, rest).some(others) || places.test(rest) || namesAnother(rest, letters, reading)
  );
}

/** The words of another option, which are no part of those of the chosen ones. */
function namesAnother(rest: string, letters: readonly string[], { gold }: ChoiceReading): boolean {
  const options = Object.entries(gold.options ?? {}).map(
    ([key, words]) => [key, foldSimplified(words).trim()] as const,
  );
  const own = options.filter(([key]) => letters.includes(key)).map(([, words]) => words);
  return options.some(
    ([key, words]) =>
      !letters.includes(key) &&
      words.length > 1 &&
      rest.includes(words) &&
      !own.some((chosen) => chosen.includes(words)),
  );
}

/** The letters that a global pattern finds; `matchAll` would make the pattern anew for each reply. */
function matchesOf(pattern: RegExp, text: string): readonly string[] {
  const letters: string[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text))
    letters.push(match[1] ?? "");
  return letters;
}

const label = /(?<![A-Za-z])([A-H])(?![A-Za-z])/g;
const places = /前者|后者|(?:最后|前面|后面|另)一?[个项]|第[一二三四五六][个项]/;
const denied =
  /(?:不(?:是|选|能选|应该?选|该选|会是)|并非|而非|排除|\bnot) ?(?:选?项|option )?[ "“(*【]{0,3}([A-H])(?![A-Za-z])/g;
const announced =
  /(?:答[案桉]|选(?![项取])|[Aa]nswers?|boxed|正确选项)[^A-Za-z\n。;?]{0,12}([A-H])(?![A-Za-z])/g;
