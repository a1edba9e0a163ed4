import type { Candidate, ChoiceReading } from "./reading.ts";

import { wrappersIn } from "../../text/segments/wrappers.ts";
import { groupAt } from "./group.ts";
import { optionSaid, optionsListed } from "./option-text.ts";

/** Answers in tags, JSON keys, answer columns and ticked lines. */
export function wrappedChoices(reading: ChoiceReading): readonly Candidate[] {
  const { text } = reading;
  if (!reading.signs.wrapper) return [];
  const wrapped = wrappersIn(text).filter(
    ({ kind, wrapper, name }) =>
      kind === "announcement" && wrapper !== "boxed" && name !== "solution",
  );
  const read = wrapped.flatMap((part) => {
    const letters = lettersIn(part.text.replaceAll(/<\/?[a-z_]{1,12}>/gi, " "), reading);
    return letters === null ? [] : [{ letters, at: part.start, wrapper: part.wrapper }];
  });
  const last = read.at(-1);
  if (last === undefined) return [];
  // Ticked lines and the rows of a column belong together; of tags and keys the last one counts.
  const together = read.filter(({ wrapper }) => wrapper === last.wrapper);
  const all =
    last.wrapper === "check list" || last.wrapper === "table" ? together : together.slice(-1);
  const ticked = [...new Set(all.flatMap((each) => each.letters))].toSorted();
  const open = reading.labels.list.filter((label) => !ticked.includes(label));
  // What is asked is wrong, so that the one left open is chosen: 没打勾的就是答案.
  const isLeft =
    last.wrapper === "check list" &&
    !reading.several &&
    open.length === 1 &&
    ticked.length > 1 &&
    (reading.stem === "wrong" || reading.stem === "not");
  const letters = isLeft ? open : ticked;
  const why: string = last.wrapper;
  const found =
    letters.length > 1 && !reading.several
      ? { letters: [], why: `${why}: several letters` }
      : { letters, why };
  return [{ ...found, at: last.at, strength: "said" }];
}

const lead =
  /^[\s"'“”‘’「」『』【】()[\]{}*_`$:.、,\\-]{0,8}(?:选项|选择|option |choice |(?:label|option|letter|choice|key|answer|value|选项|字母|答案)["'”]\s?:\s?["'“]?)?[\s"'“【([*]{0,4}/i;
const rest =
  /^[\s"'“”‘’「」『』【】()[\]{}*_`$.。,、;!-]{0,8}(?:选?项)?[\s"'”)\]*.。]{0,4}(?:$|[:.、,，—(\s])/;

/** {"index": 1, "letter": "B"}. */
const keyedLabel =
  /^\s*\{[^{}]*["'](?:label|option|letter|choice|key|answer|选项|字母|答案)["']\s*:\s*["']([A-Z])["'][^{}]*\}\s*$/;

/** The labels or the option that a wrapper's content is. */
function lettersIn(content: string, reading: ChoiceReading): readonly string[] | null {
  const { gold, labels, several } = reading;
  if (content.length > 400) return null;
  const keyed = keyedLabel.exec(content)?.[1];
  if (keyed !== undefined && labels.list.includes(keyed)) return [keyed];
  const start = lead.exec(content)?.[0].length ?? 0;
  const group = groupAt(content, start, labels, true);
  if (group !== null && !group.outside && !group.hedged && rest.test(content.slice(group.end)))
    return group.letters;
  const said = optionSaid(content, gold);
  if (said !== null) return [said];
  const listed = several ? optionsListed(content, gold) : [];
  return listed.length > 0 ? listed : null;
}
