import type { ChoiceReading, Found } from "../reading.ts";
import type { Sayings } from "./reader.ts";

import { mentions } from "../group.ts";
import { sayingsIn } from "./reader.ts";
import { highestScored, ranked } from "./scores.ts";
import { asked } from "./words.ts";

/** What a reply says of each option, over all its clauses. */
export type WeighedOptions = {
  /** Options that it calls the asked ones, those that it calls others. */
  readonly yes: readonly string[];
  readonly no: readonly string[];
  /** The last ones that it says to choose; empty where it says so of none. */
  readonly chosen: readonly string[];
  readonly found: Found | null;
};

const nothing: WeighedOptions = { yes: [], no: [], chosen: [], found: null };

/** Takes all that a reply says of its options together and decides once. Options must stand as labels in its text. */
export function weighed(reading: ChoiceReading): WeighedOptions {
  const { labels } = reading;
  if (!labels.latin || reading.text.length > longest) return nothing;
  const sayings = sayingsIn(reading);
  const values = valuesOf(sayings, reading);
  const yes = labels.list.filter((label) => values.get(label) === true);
  const no = labels.list.filter((label) => values.get(label) === false);
  const chosen = chosenIn(sayings, values, reading);
  const all = { yes, no, chosen };
  const { possible } = sayings;
  const hedges = possible.size > 1 && chosen.length === 0;
  const found = hedges
    ? { letters: [], why: "hedged" }
    : ((chosen.length === 0 ? (highestScored(reading) ?? ranked(reading)) : null) ??
      (reading.several ? manyOf(all, sayings, reading) : oneOf(all, sayings, reading)));
  return { ...all, found };
}

/** What a reply calls the asked options and what it calls others, without a decision. */
export function sidesOf(reading: ChoiceReading): Pick<WeighedOptions, "yes" | "no"> {
  if (reading.text.length > longest) return nothing;
  const values = valuesOf(sayingsIn(reading), reading);
  const { list } = reading.labels;
  return {
    yes: list.filter((label) => values.get(label) === true),
    no: list.filter((label) => values.get(label) === false),
  };
}

/** Longer replies loop. */
const longest = 20_000;

/** The last judgement on each option; words of choosing outweigh others, right and wrong outweigh what it is. */
function valuesOf(
  { all }: Sayings,
  { stem, labels, several }: ChoiceReading,
): ReadonlyMap<string, boolean> {
  const scales = {
    member: new Map<string, boolean>(),
    truth: new Map<string, boolean>(),
    picked: new Map<string, boolean>(),
  };
  const marked = new Set(all.flatMap(({ letters, isMark }) => (isMark === true ? letters : [])));
  for (const { letters, scale, value, force, isMark } of all)
    for (const letter of letters)
      if (force !== "named" && (isMark === true || !marked.has(letter)))
        scales[scale].set(letter, value);
  const values = new Map<string, boolean>();
  for (const scale of ["member", "truth", "picked"] as const)
    for (const [letter, value] of scales[scale]) {
      const is = asked({ scale, value }, stem);
      if (is !== null) values.set(letter, is);
    }
  if (stem === "not" && scales.truth.size > 0)
    for (const [letter, is] of oddOne(scales.truth, several))
      if (!values.has(letter)) values.set(letter, is);
  void labels;
  return values;
}

/** Where what does not belong is asked, 对 may mean that it belongs or that it is the answer: the odd one is. */
function oddOne(
  truth: ReadonlyMap<string, boolean>,
  several: boolean,
): readonly (readonly [string, boolean])[] {
  const right = [...truth].filter(([, value]) => value).map(([letter]) => letter);
  const wrong = [...truth].filter(([, value]) => !value).map(([letter]) => letter);
  if (several) return [];
  if (right.length === 1 && wrong.length > 1) return [...truth];
  if (wrong.length === 1 && right.length > 1)
    return [...truth].map(([letter, value]) => [letter, !value]);
  return [];
}

function chosenIn(
  { all }: Sayings,
  values: ReadonlyMap<string, boolean>,
  { stem }: ChoiceReading,
): readonly string[] {
  const last = all.findLast(
    (each) =>
      each.force === "chosen" &&
      asked(each, stem) === true &&
      each.letters.every((letter) => values.get(letter) !== false),
  );
  return last?.letters ?? [];
}

type Sides = Omit<WeighedOptions, "found">;

function oneOf(
  { yes, no, chosen }: Sides,
  sayings: Sayings,
  { labels, stem }: ChoiceReading,
): Found | null {
  const single = chosen.length === 1 ? chosen : [];
  if (single.length === 1) {
    const rivals = yes.filter((letter) => letter !== single[0]);
    if (rivals.length === 0) return found(single, "chosen in words");
    const picks = rivals.filter((letter) => isChosen(sayings, letter, stem));
    if (picks.length === 0) return found(single, "chosen in words");
    return {
      letters: [],
      why: `conflict: ${[...picks, ...single].toSorted().join(", ")} (clauses)`,
    };
  }
  const allNamed = sayings.named.size === labels.list.length;
  const open = [...sayings.named].filter((letter) => !yes.includes(letter) && !no.includes(letter));
  const told =
    no.length > 0 ||
    sayings.named.size === 1 ||
    allNamed ||
    labels.list.length === 2 ||
    isJudged(sayings, yes[0] ?? "");
  const clear = open.length === 0 || allNamed || isPicked(sayings, yes[0] ?? "");
  if (yes.length === 1 && told && clear) return found(yes, "verdicts");
  if (yes.length === 0 && labels.known && no.length === labels.list.length - 1)
    return found(
      labels.list.filter((label) => !no.includes(label)),
      "elimination",
    );
  const picked = yes.filter((letter) => isPicked(sayings, letter));
  if (yes.length > 1 && picked.length === 1 && stem === "right") return found(picked, "verdicts");
  if (yes.length > 0) return null;
  return concluded(sayings, no, stem) ?? standing(sayings, no, stem);
}

const isChosen = ({ all }: Sayings, letter: string, stem: ChoiceReading["stem"]): boolean =>
  all.some(
    (each) =>
      each.force === "chosen" && each.letters.includes(letter) && asked(each, stem) === true,
  );

const isPicked = ({ all }: Sayings, letter: string): boolean =>
  all.some(
    ({ scale, value, force, letters }) =>
      scale === "picked" && value && force !== "named" && letters.includes(letter),
  );

const isJudged = ({ all }: Sayings, letter: string): boolean =>
  all.some(({ scale, letters }) => scale !== "member" && letters.includes(letter));

/** 这位就是D。 in a sentence that concludes or ends the reply, or of one option only; not of one that is denied. */
function concluded(
  { all, lastSentence, concluding }: Sayings,
  no: readonly string[],
  stem: ChoiceReading["stem"],
): Found | null {
  if (stem === "wrong") return null;
  const named = all.filter(({ force, letters }) => force === "named" && letters.length === 1);
  const last =
    named.findLast(({ sentence }) => concluding.has(sentence)) ??
    named.findLast(({ sentence }) => sentence === lastSentence) ??
    (new Set(named.flatMap(({ letters }) => letters)).size === 1 ? named.at(-1) : undefined);
  if (last === undefined || no.includes(last.letters[0] ?? "")) return null;
  // 也就是东八区。日本用的是东九区: what comes last is told of another thing.
  const rival = named.some(
    ({ letters: [letter = ""], sentence }) =>
      letter !== last.letters[0] && sentence !== last.sentence && !no.includes(letter),
  );
  if (rival && !concluding.has(last.sentence)) return null;
  return found(last.letters, "named last");
}

/** The only option named that is not ruled out, where others are. */
function standing(
  { named, possible, places }: Sayings,
  no: readonly string[],
  stem: ChoiceReading["stem"],
): Found | null {
  if (no.length < 2 || possible.size > 0 || stem === "not") return null;
  const left = [...named].filter((letter) => !no.includes(letter));
  const [only = ""] = left;
  const apart = [...(places.get(only) ?? [])].some((sentence) =>
    no.every((letter) => places.get(letter)?.has(sentence) !== true),
  );
  return left.length === 1 && apart ? found(left, "not ruled out") : null;
}

function manyOf(
  { yes, no, chosen }: Sides,
  sayings: Sayings,
  { text, labels }: ChoiceReading,
): Found | null {
  const { only } = sayings;
  if (only.length > 0 && only.join("") === chosen.join("")) return found(chosen, "chosen in words");
  if (chosen.length > 1) return found(chosen, "chosen in words");
  if (chosen.length === 1 && yes.length === 1) return found(chosen, "chosen in words");
  if (yes.length > 0 && yes.length + no.length === labels.list.length)
    return found(yes, "verdicts");
  // 这两项不选: all that it names is ruled out, and the others are left.
  if (yes.length === 0 && no.length > 0 && sayings.named.size === no.length && areOut(sayings, no))
    return found(
      labels.list.filter((label) => !no.includes(label)),
      "elimination",
    );
  const rest = [...sayings.named].filter((each) => !yes.includes(each) && !no.includes(each));
  const open = rest.some((letter) => isLeftOpen(text, letter, labels));
  if (open && yes.length > 0) return { letters: [], why: "undecided" };
  if (yes.length > 1) return found(yes, "verdicts");
  const left = [...sayings.named].filter((letter) => !no.includes(letter));
  if (left.length > 1 && no.length > 0 && sayings.named.size === labels.list.length)
    return found(left, "not ruled out");
  if (yes.length === 1 && no.length > 0) return found(yes, "verdicts");
  const lists = sayings.all.filter(({ force, letters }) => force === "named" && letters.length > 1);
  const last = lists.at(-1);
  // 能选的有A、C，还有E: one was added to the list.
  const more = yes.filter((letter) => last?.letters.includes(letter) === false);
  if (last !== undefined && more.length > 0)
    return sayings.all
      .filter(({ letters }) => letters.some((letter) => more.includes(letter)))
      .every(({ sentence }) => sentence === last.sentence)
      ? found([...last.letters, ...more], "named last")
      : null;
  // The input devices are A, B and D. C and E are output devices.
  const apart =
    lists.length === 1 &&
    no.length === 0 &&
    last?.letters.length !== labels.list.length &&
    sayings.named.size === labels.list.length;
  if (
    last !== undefined &&
    (apart || last.sentence === sayings.lastSentence) &&
    last.letters.every((letter) => !no.includes(letter))
  )
    return found(last.letters, "named last");
  return null;
}

/** 至于 E, …，也该算上: what is said of an option that is neither chosen nor ruled out. */
function isLeftOpen(text: string, letter: string, labels: ChoiceReading["labels"]): boolean {
  const groups = mentions(text, labels);
  return groups.some(({ letters, start, end }, index) => {
    if (letters.length !== 1 || letters[0] !== letter) return false;
    const told = text.slice(end, Math.min(end + 60, groups[index + 1]?.start ?? text.length));
    return (
      /至于 ?$/.test(text.slice(Math.max(0, start - 4), start)) ||
      adds.test(told.split(/[。!?\n]/)[0] ?? "")
    );
  });
}

const areOut = ({ all }: Sayings, no: readonly string[]): boolean =>
  no.every((letter) =>
    all.some(
      ({ scale, value, letters }) => scale === "picked" && !value && letters.includes(letter),
    ),
  );

const adds =
  /也|同样|还是?|算|要不要|存疑|争议|不好说|不确定|拿不准|不清楚|类似|\b(?:also|too|as well|debatable)\b/;

const found = (letters: readonly string[], why: string): Found => ({
  letters: letters.toSorted(),
  why,
  doubtful: true,
});
