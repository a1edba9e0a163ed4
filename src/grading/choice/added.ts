import type { ChoiceReading, Found } from "./reading.ts";

import { groupAt } from "./group.ts";
import { isBeside } from "./remarks.ts";

/** Words that add to a list, directly before what they add: 此外还要加上D, also C. */
const adding =
  /(?:另外|此外|除此之?外|还(?:要|应该?|得|需要?|有|可以?)?|再|并且?|同时|外加|以及|\balso|\bplus)[^。;\n不没非误错A-Z]{0,8}?(?:加上?|补上|选上?|包[括含]|有|算上|\badd|\binclude|\bselect)[ ]?(?:选?项)?[ "“(*]{0,4}(?=[A-H](?![A-Za-z]))/gi;
/** Or behind it: C 也是对的. */
const also =
  /(?<![A-Za-z])(?=[A-H][ ]?(?:选?项)?[ )”"*]{0,3}(?:也|同样|亦)(?:是|对|正确|应|要|可以|符合|属于|得选|当选)(?!不|错|误|干扰))/g;

const dropping =
  /(?:去掉|删[去掉除]|剔除|拿掉|划掉|排除|(?:不应|不该|多)选了?|\b(?:drop|remove))[ ]?(?:选?项)?[ "“(*]{0,4}(?=[A-H](?![A-Za-z]))/gi;
const completing =
  /(?:补[上选充入]|[加添][上入]|漏[了选掉]|还(?:应|要|得)?(?:有|选|加上?)|\b(?:add|also))[ ]?(?:选?项)?[ "“(*]{0,4}(?=[A-H](?![A-Za-z]))/gi;

/** An announced list with what a correction takes from it or adds: 答案：ABD。更正：21 是合数，去掉 A. Null where it does neither. */
export function amended(found: Found, from: number, { text, labels }: ChoiceReading): Found | null {
  const rest = text.slice(from);
  const named = (pattern: RegExp): readonly string[] =>
    Array.from(
      rest.matchAll(pattern),
      (match) => groupAt(text, from + match.index + match[0].length, labels, false)?.letters ?? [],
    ).flat();
  const [less, more] = [named(dropping), named(completing)];
  if (less.length + more.length === 0 || less.some((letter) => more.includes(letter))) return null;
  const letters = [...new Set([...found.letters, ...more])]
    .filter((letter) => !less.includes(letter))
    .toSorted();
  return letters.length === 0 ? null : { ...found, letters, why: `${found.why}: amended` };
}

/** What a reply announced, with the options that it adds further on: 应选A与C，此外还要加上D. Only where several are asked. */
export function withAdded(found: Found, from: number, { text, labels }: ChoiceReading): Found {
  const rest = text.slice(from);
  const more = [adding, also].flatMap((pattern) =>
    Array.from(rest.matchAll(pattern), (match) => {
      const at = from + match.index + match[0].length;
      const group = isBeside(text, at) ? null : groupAt(text, at, labels, false);
      return group === null || group.hedged || group.outside ? [] : group.letters;
    }).flat(),
  );
  const letters = [...new Set([...found.letters, ...more])].toSorted();
  return letters.length === found.letters.length
    ? found
    : { ...found, letters, why: `${found.why}: added` };
}
