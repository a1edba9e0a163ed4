import type { Text } from "../domain/text.ts";

import { nearestThree } from "../text/edit-distance.ts";

/** `unknown grader "choise"; did you mean "choice"?`: what is said of any name that nothing has; `own` as in `suggestion`. */
export function unknownName(
  kind: Text,
  name: string,
  known: readonly string[],
  own: readonly string[] = [],
): Text {
  const { zh, en } = suggestion(name, known, own);
  return {
    zh: `未知的${kind.zh} ${show(name)}${zh}`,
    en: `unknown ${kind.en} ${show(name)}${en}`,
  };
}

/**
 * What goes behind a sentence about an unknown name: the known ones that it may have been meant for, three at most, and
 * how many there are where none is close; those that the user wrote, `own`, then come first. Empty if nothing is known.
 */
export function suggestion(
  name: string,
  known: readonly string[],
  own: readonly string[] = [],
): Text {
  const nearest = nearestThree(name, known);
  if (nearest.close) return didYouMean(name, known);
  const names = [...new Set([...own, ...nearest.names])].slice(0, 3);
  if (names.length === 0) return { zh: "", en: "" };
  const all = new Set(known).size;
  return all > names.length
    ? {
        zh: `；可用的有 ${all} 个，如 ${names.join("、")}`,
        en: `; there are ${all}, such as ${names.join(", ")}`,
      }
    : { zh: `；可用：${names.join("、")}`, en: `; known: ${names.join(", ")}` };
}

/** The same where all names are listed elsewhere: empty if none is close. */
export function didYouMean(name: string, known: readonly string[]): Text {
  const { close, names } = nearestThree(name, known);
  if (!close) return { zh: "", en: "" };
  return {
    zh: `；是否应为 ${listed(names, "、", "或")}？`,
    en: `; did you mean ${listed(names, ", ", "or")}?`,
  };
}

/** A value as it would be written, truncated to 40 characters. */
export function show(value: unknown): string {
  if (typeof value !== "string") return String(value);
  const characters = Array.from(value);
  return JSON.stringify(characters.length > 40 ? `${characters.slice(0, 39).join("")}…` : value);
}

function listed(names: readonly string[], comma: string, last: string): string {
  const shown = names.map(show);
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(comma)} ${last} ${shown.at(-1) ?? ""}`;
}
