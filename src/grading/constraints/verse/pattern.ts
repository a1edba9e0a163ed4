import { z } from "zod";

/** Positions of a line: P level, Z oblique, a dot either. */
type Line = string;

/**
 * The four lines of five characters from which regulated verse is made (王力《诗词格律》, 1977), with what the old poets allowed:
 * first places free, 孤平 and 三平尾 not; 拗救. Those of seven have two more places before them, of the opposite class.
 */
const lines = {
  仄仄平平仄: { forms: [".Z.PZ"], twisted: ".Z.ZZ" },
  平平仄仄平: { forms: ["PP.ZP", ".PPZP"], saving: ".PPZP" },
  平平平仄仄: { forms: [".PPZZ", ".PZZZ", ".PZPZ"] },
  仄仄仄平平: { forms: [".ZZPP"] },
} as const satisfies Readonly<
  Record<
    string,
    { readonly forms: readonly Line[]; readonly twisted?: Line; readonly saving?: Line }
  >
>;

type LineName = keyof typeof lines;

const [a, b, c, d]: readonly [LineName, LineName, LineName, LineName] = [
  "仄仄平平仄",
  "平平仄仄平",
  "平平平仄仄",
  "仄仄仄平平",
];
/** By the first line of five characters: 仄起 or 平起, its end rhyming or not. */
const quatrains = {
  仄起首句不入韵: [a, b, c, d],
  仄起首句入韵: [d, b, c, d],
  平起首句不入韵: [c, d, a, b],
  平起首句入韵: [b, d, a, b],
} as const satisfies Readonly<Record<string, readonly LineName[]>>;

const manners = Object.keys(quatrains) as readonly (keyof typeof quatrains)[];
const genres = ["五绝", "七绝", "五律", "七律"] as const;

const names = genres.flatMap((genre) => [genre, ...manners.map((manner) => `${genre}${manner}`)]);

/** 七绝仄起首句入韵 and so on, or a genre alone, which takes any of its four. */
export const TonePattern = z.enum(names as [string, ...string[]]);

/** A form of verse: what each line may be, and pairs of which the second saves the first. */
export type VerseForm = { readonly name: string; readonly lines: readonly VerseLine[] };
export type VerseLine = {
  readonly forms: readonly Line[];
  /** Allowed where the next line takes its saving form. */
  readonly twisted: Line | null;
  readonly saving: Line | null;
};

/** The forms that a pattern's name takes. */
export function formsOf(pattern: string): readonly VerseForm[] {
  const genre = genres.find((each) => pattern.startsWith(each)) ?? "七绝";
  return manners
    .filter((manner) => pattern === genre || pattern === `${genre}${manner}`)
    .map((manner) => ({ name: `${genre}${manner}`, lines: linesOf(genre, manner) }));
}

function linesOf(genre: string, manner: keyof typeof quatrains): readonly VerseLine[] {
  const isSeven = genre.startsWith("七");
  // The two places before turn 平起 into 仄起.
  const inner = isSeven ? opposite[manner] : manner;
  const first: readonly LineName[] = quatrains[inner];
  const second: readonly LineName[] =
    quatrains[inner.startsWith("仄") ? "仄起首句不入韵" : "平起首句不入韵"];
  const all = genre.endsWith("律") ? [...first, ...second] : first;
  return all.map((name) => lineOf(name, isSeven));
}

const opposite = {
  仄起首句不入韵: "平起首句不入韵",
  仄起首句入韵: "平起首句入韵",
  平起首句不入韵: "仄起首句不入韵",
  平起首句入韵: "仄起首句入韵",
} as const satisfies Readonly<Record<keyof typeof quatrains, keyof typeof quatrains>>;

function lineOf(name: LineName, isSeven: boolean): VerseLine {
  const line: { forms: readonly Line[]; twisted?: Line; saving?: Line } = lines[name];
  const long = (form: Line): Line => (isSeven ? `.${form[1] === "P" ? "Z" : "P"}${form}` : form);
  return {
    forms: line.forms.map(long),
    twisted: line.twisted === undefined ? null : long(line.twisted),
    saving: line.saving === undefined ? null : long(line.saving),
  };
}
