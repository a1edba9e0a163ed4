import type { LabelsSaid } from "../../domain/run-file/sub-score.ts";
import type { Vocabulary } from "./vocabulary.ts";

import { isObject } from "../../domain/json.ts";
import { declines } from "../../text/declines.ts";
import { placesOf, searchable } from "../../text/occurrence.ts";
import { answerText } from "../../text/segments/segments.ts";
import { jsonIn } from "../json/objects.ts";
import { canonicalJson } from "../json/same.ts";
import { isHedged } from "../value/places/forms.ts";
import { type LabelList, readList } from "./list.ts";
import { labelOf } from "./vocabulary.ts";

/** The labels of a reply with the rule that found them; null where they cannot be told. */
export type LabelReading = {
  readonly said: LabelsSaid | null;
  readonly why: string;
  /** The reply says that these are its labels, so that nothing is guessed. */
  readonly sure: boolean;
};

const none = (why: string): LabelReading => ({ said: null, why, sure: false });

/**
 * Reads labels from JSON, from the place where the reply states them (标签：…), from a reply that is a list and nothing
 * else, or from what its one sentence mentions and does not deny. `several`: whether a reply may have more than one.
 */
export function readLabels(
  reply: string,
  question: string,
  vocabulary: Vocabulary,
  several: boolean,
): LabelReading {
  const ticked = tickedLines(reply);
  const text = ticked ?? answerText(reply);
  const reading =
    (ticked === null ? fromJson(reply, question, vocabulary) : null) ??
    fromMarker(text, vocabulary) ??
    fromWhole(text, vocabulary) ??
    fromProse(text, vocabulary, several);
  const { said } = reading;
  if (said === null || several) return reading;
  const count = said.known.length + said.unknown.length;
  if (count === 0) return none("no label");
  // What else is said beside the one label that is known is prose.
  if (said.known.length === 1 && reading.sure)
    return { ...reading, said: { ...said, unknown: [] } };
  return count > 1
    ? none(`several labels: ${[...said.known, ...said.unknown].join(", ")}`)
    : reading;
}

/** The lines of a list with boxes that are ticked; null where there are no boxes. */
function tickedLines(reply: string): string | null {
  const boxes = Array.from(reply.matchAll(/^[\s>]*(?:[-*+]|\d+[.)])?\s*\[([ xX✓√])\]\s*(\S.*)$/gm));
  if (boxes.length === 0) return null;
  return (
    boxes.flatMap(([, mark = "", text = ""]) => (mark.trim() === "" ? [] : [text])).join("\n") ||
    "无"
  );
}

const listKey =
  /^(?:labels?|tags?|categor(?:y|ies)|class(?:es)?|intents?|sentiment|topics?|answer|result|标签|类别|分类|类型|意图|情感|主题|答案|结果)$/i;

function fromJson(reply: string, question: string, vocabulary: Vocabulary): LabelReading | null {
  if (!/[{[]/.test(reply)) return null;
  const found = jsonIn(reply, question, "any");
  if (found.found === "several") return none(found.why);
  if (found.found !== "one") return null;
  const { value } = found;
  const members = isObject(value) ? Object.entries(value) : [];
  const flagged = members.filter(([, each]) => typeof each === "boolean");
  if (flagged.length > 0 && flagged.length === members.length)
    return sure(
      "json",
      sorted(
        flagged.filter(([, each]) => each === true).map(([name]) => name),
        vocabulary,
      ),
    );
  const named = members.filter(([key]) => listKey.test(key));
  const lists = Array.isArray(value)
    ? [value]
    : (named.length > 0 ? named : members).map(([, each]) => each);
  const [list] = lists;
  if (lists.length !== 1) return null;
  const texts = (Array.isArray(list) ? list : [list]).filter((each) => typeof each === "string");
  if (texts.length === 0)
    return Array.isArray(list) && list.length === 0 ? sure("json", nothing) : null;
  // [1] may be a note.
  const said = Array.isArray(list)
    ? sorted(texts, vocabulary)
    : readList(texts[0] ?? "", vocabulary);
  return "open" in said && said.open
    ? none("open")
    : sure("json", { known: said.known, unknown: said.unknown });
}

const nothing: LabelsSaid = { known: [], unknown: [] };
const sure = (why: string, said: LabelsSaid): LabelReading => ({ said, why, sure: true });

function sorted(texts: readonly string[], vocabulary: Vocabulary): LabelsSaid {
  const labels = texts.map((text) => labelOf(text, vocabulary));
  return {
    known: [...new Set(labels.filter((label) => label !== null))],
    unknown: [...new Set(texts.filter((_, at) => labels[at] === null))],
  };
}

const marker =
  /(?:(?:所?属|最终|主要|适用的?|对应的?|正确)?(?:标签|类别|分类|类型|意图|情感|倾向|主题|答案|结果|结论)(?:结果|倾向|类别|判断)?(?:如下)?(?:应该?|应当)?(?:是|为)?|\b(?:labels?|tags?|categor(?:y|ies)|class(?:es)?|intents?|sentiment|topics?|(?:final )?answer)(?:\s+(?:is|are))?)[*_"”】]{0,3}\s*[:：][^\S\n]*/gi;
const corrects = /更正|纠正|改为|修正|最终|综上|因此|所以|final|correction/i;

/** The last place where the reply states its labels; two that differ, and no word that corrects the first, say nothing. */
function fromMarker(text: string, vocabulary: Vocabulary): LabelReading | null {
  const marks = Array.from(text.matchAll(marker));
  if (marks.length === 0) return null;
  // Each speaks up to the next: read to the end of the line, a row of marks would take quadratic time.
  const lists = marks.map((mark, at) =>
    readList(behind(text.slice(mark.index + mark[0].length, marks[at + 1]?.index)), vocabulary),
  );
  const told = lists.flatMap((list, at) => (isSaying(list) ? [{ list, at }] : []));
  const last = told.at(-1);
  if (last === undefined) return null;
  const different = new Set(
    told.map(({ list }) => canonicalJson([list.known.toSorted(), list.unknown.toSorted()])),
  );
  const first = marks[told[0]?.at ?? 0]?.index ?? 0;
  if (different.size > 1 && !corrects.test(text.slice(first, marks[last.at]?.index)))
    return none("labels stated twice");
  if (last.list.open) return none("open");
  return sure("marker", { known: last.list.known, unknown: last.list.unknown });
}

const isSaying = ({ known, unknown, none: isNone }: LabelList): boolean =>
  known.length > 0 || unknown.length > 0 || isNone;

/** The first line, up to the end of its sentence; where nothing stands in it, the lines below, up to an empty one. */
function behind(rest: string): string {
  const line = /^[^\n。！!]*/.exec(rest)?.[0] ?? "";
  if (/[\p{L}\p{N}]/u.test(line)) return line;
  return /^\s*((?:[^\n]+\n?)*)/.exec(rest)?.[1] ?? "";
}

/** A reply that is a list of labels and nothing else. */
function fromWhole(text: string, vocabulary: Vocabulary): LabelReading | null {
  const whole = text.trim();
  if (whole.length > 400 || declines(whole)) return null;
  const list = readList(whole, vocabulary);
  const { known, unknown, open } = list;
  if (!isSaying(list)) return null;
  const isShort = unknown.every(
    (each) => Array.from(each).length <= (/^[a-z ]+$/.test(each) ? 20 : known.length > 0 ? 4 : 6),
  );
  const isSentence = /[。！!？?].|\p{Script=Han}(?:是|属于|为|涉及)\p{Script=Han}/u.test(
    whole.replaceAll("\n", "、"),
  );
  if (unknown.length > 0 && (!isShort || isSentence)) return null;
  return open ? none("open") : sure("whole reply", { known, unknown });
}

/** The labels that a sentence mentions and does not deny; longer replies weigh labels that they do not give. */
function fromProse(text: string, vocabulary: Vocabulary, several: boolean): LabelReading {
  const sentences = text.split(/[。！!？?\n]+/u).filter((each) => each.trim() !== "");
  if (isHedged(text) || declines(text)) return none("hedged");
  if (several && sentences.length > 1) return none("no labels stated");
  const mentioned = mentionedIn(text, vocabulary);
  if (mentioned.length === 0) return none("no labels stated");
  return { said: { known: mentioned, unknown: [] }, why: "mentioned", sure: false };
}

function mentionedIn(text: string, { spellings }: Vocabulary): readonly string[] {
  let rest = searchable(text);
  const found = new Set<string>();
  // The longest come first, and what they take is not seen again.
  for (const { text: spelling, label } of spellings) {
    const places = placesOf(spelling, rest);
    if (places.some(({ negated }) => !negated)) found.add(label);
    if (places.length > 0) rest = rest.replaceAll(searchable(spelling), "\uE000");
  }
  return [...found];
}
