import { coverage, sharesMost } from "./compare.ts";
import { contrastIn, denialOf } from "./conflict.ts";
import { clausesOf, type ReadClause, type ReadFigure } from "./reading.ts";

/** What the passages make of a claim. `open`: no rule can tell. */
export type Support = "supported" | "contradicted" | "unsupported" | "open";

export type RuledSupport = {
  readonly support: Support;
  /** Index of the passage that comes nearest; null where none has a word in common. */
  readonly passage: number | null;
  readonly why: string;
};

/** Shares of a clause's content that a passage has to hold. */
const enough = 0.72;
const little = 0.34;
const related = 0.45;
const same = 0.6;
const hardly = 0.3;

type ReadPassage = {
  readonly index: number;
  readonly clauses: readonly ReadClause[];
  readonly whole: ReadClause;
};

/** Whether passages hold what a claim says, by its words and numbers. The claim is as strong as its weakest clause. */
export function supportOf(claim: string, passages: readonly string[]): RuledSupport {
  const read = passages.map((text, index) => readPassage(text, index));
  const clauses = clausesOf(claim);
  if (clauses.length === 0) return { support: "open", passage: null, why: "no words to compare" };
  const ruled = clauses.map((clause) => clauseSupport(clause, clauses, read));
  const worst = (["contradicted", "unsupported", "open"] as const)
    .map((support) => ruled.find((each) => each.support === support))
    .find((found) => found !== undefined);
  const best = ruled.find(({ passage }) => passage !== null) ?? ruled[0];
  const result = worst ?? best ?? { support: "open", passage: null, why: "" };
  const isInferred =
    /^(?:因此|所以|故|可见|也就是|换句话)|(?:所以|因此|即等于|合计|共计|相当于)/u.test(claim);
  return isInferred && result.support !== "supported"
    ? { ...result, support: "open", why: `drawn from it: ${result.why}` }
    : result;
}

function readPassage(text: string, index: number): ReadPassage {
  const clauses = clausesOf(text);
  return { index, clauses, whole: joined(clauses) };
}

const joined = (clauses: readonly ReadClause[]): ReadClause => ({
  raw: clauses.map(({ raw }) => raw).join(","),
  content: clauses.map(({ content }) => content).join("|"),
  names: clauses.flatMap(({ names }) => names),
  figures: clauses.flatMap(({ figures }) => figures),
  denied: clauses.flatMap(({ denied }) => denied),
});

function clauseSupport(
  clause: ReadClause,
  claim: readonly ReadClause[],
  passages: readonly ReadPassage[],
): RuledSupport {
  const context = joined(claim);
  const ranked = passages
    .map((passage) => ({
      passage,
      own: coverage(clause, passage.whole),
      all: coverage(context, passage.whole),
    }))
    .toSorted((a, b) => b.own + b.all - (a.own + a.all));
  const [first] = ranked;
  if (first === undefined || first.own + first.all === 0)
    return { support: "unsupported", passage: null, why: "no passage speaks of it" };
  const { passage, own } = first;
  const near = nearestClause(clause, passage);
  const ruled = (support: Support, why: string) => ({ support, passage: passage.index, why });
  const missing = clause.figures.filter((figure) => !holdsFigure(passage.whole.figures, figure));
  const strange = clause.names.find((name) => !passage.whole.names.includes(name));
  if (strange !== undefined) {
    const other = passage.whole.names.find((name) => isAlike(name, strange));
    return other !== undefined && own >= related
      ? ruled("contradicted", `${strange} against ${other}`)
      : ruled("open", `${strange} is not there`);
  }
  if (missing.length > 0) {
    const shown = missing.map(({ value, unit }) => `${value}${unit}`).join(", ");
    return isReplaced(missing, clause, near)
      ? ruled("contradicted", `another number than ${shown}`)
      : ruled("open", `${shown} is not there`);
  }
  if (own < little) {
    // Other words may say the same; what shares not even two of them is about something else.
    const isElse =
      clause.content.length >= shortest &&
      coverage(context, passage.whole) < hardly &&
      !passages.some(({ whole }) => sharesMost(clause.content, whole.content) > 0);
    return isElse
      ? ruled("unsupported", "no passage speaks of it")
      : ruled("open", "hardly a word of it is there");
  }
  const swapped = contrastIn(clause, near);
  if (swapped !== null && own >= related) return ruled("contradicted", swapped);
  const denial = denialOf(clause, context, passage);
  if (denial === "apart" && own >= same)
    return ruled("contradicted", "one denies what the other says");
  if (denial !== "same") return ruled("open", "denial");
  if (isAmbiguous(clause, near, passage)) return ruled("open", "its numbers stand apart");
  if (own < enough) return ruled("open", `${Math.round(own * 100)}% of its words are there`);
  const strangers = strangersIn(clause, passage.whole);
  if (strangers !== null) return ruled("open", `${strangers} is not there`);
  if (isMixed(clause, own, passage)) return ruled("open", "words of two statements");
  const general = universal.exec(clause.raw)?.[0];
  if (general !== undefined && !passage.whole.raw.includes(general))
    return ruled("open", `${general} is not there`);
  return ruled("supported", "its words are there");
}

/** Names of one kind: they begin with the same letters. */
const isAlike = (a: string, b: string): boolean => {
  const letters = /^[a-z]+/.exec(a)?.[0];
  return letters !== undefined && letters === /^[a-z]+/.exec(b)?.[0];
};

/** The clause says what another says with other numbers of the same kind, and those are nowhere in it. */
const isReplaced = (
  missing: readonly ReadFigure[],
  clause: ReadClause,
  near: ReadClause,
): boolean =>
  coverage(clause, near) >= same &&
  missing.every(
    ({ unit }) =>
      !unit.startsWith("第") &&
      near.figures.some(
        (figure) =>
          (figure.unit === unit || sameUnit(figure.unit, unit)) &&
          !holdsFigure(clause.figures, figure),
      ),
  );

/** Shorter clauses may say the same in other words. */
const shortest = 4;

/** Words that widen a statement. */
const universal = /所有|全部|任何|全体|一切|人人|随时|永久|必定|完全|唯一|纯/u;

/** Two characters or more of which a passage has none. */
function strangersIn({ content }: ReadClause, { content: other }: ReadClause): string | null {
  const runs = content.split(/[#|]/).flatMap((part) =>
    Array.from(part, (char) => (other.includes(char) ? " " : char))
      .join("")
      .split(" "),
  );
  return runs.find((run) => run.length > 1) ?? null;
}

/** What it takes from one place alone is much less than from all, and two places come equally near. */
function isMixed(clause: ReadClause, own: number, { clauses }: ReadPassage): boolean {
  const [first = 0, second = 0] = clauses
    .map((each) => coverage(clause, each))
    .toSorted((a, b) => b - a);
  return first < own - 0.15 || (first < own - 0.05 && second >= 0.5 && first - second <= 0.2);
}

/**
 * Its numbers stand in several places of a passage that has other numbers of the same kind, so that they may belong to
 * different things.
 */
function isAmbiguous(clause: ReadClause, near: ReadClause, { whole }: ReadPassage): boolean {
  if (clause.figures.every((figure) => holdsFigure(near.figures, figure))) return false;
  return clause.figures.some(({ value, unit }) =>
    whole.figures.some((figure) => sameUnit(figure.unit, unit) && figure.value !== value),
  );
}

/** The clause of a passage that shares most with a claim's. */
const nearestClause = (clause: ReadClause, { clauses, whole }: ReadPassage): ReadClause =>
  clauses
    .map((each) => ({
      each,
      share: coverage(clause, each) + (sharesFigure(clause, each) ? 0.2 : 0),
    }))
    .toSorted((a, b) => b.share - a.share)[0]?.each ?? whole;

const sharesFigure = (a: ReadClause, b: ReadClause): boolean =>
  a.figures.some((figure) => holdsFigure(b.figures, figure));

const holdsFigure = (figures: readonly ReadFigure[], { value, unit }: ReadFigure): boolean =>
  figures.some(
    (figure) =>
      Math.abs(figure.value - value) <= 1e-9 * Math.max(1, Math.abs(value)) &&
      (figure.unit === "" ||
        unit === "" ||
        figure.unit.charAt(0) === unit.charAt(0) ||
        !isTimeUnit(figure.unit) ||
        !isTimeUnit(unit)),
  );

const timeUnit = /^(?:年|月|日|天|周|星期|小时|分钟|秒|点)/u;
const isTimeUnit = (unit: string): boolean => timeUnit.test(unit);
const sameUnit = (a: string, b: string): boolean =>
  a !== "" && b !== "" && (a.charAt(0) === b.charAt(0) || (isTimeUnit(a) && isTimeUnit(b)));
