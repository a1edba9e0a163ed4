import { type Asked, groups } from "./asked.ts";

type Triple = readonly [subject: string, relation: string, object: string];
const inverses = new Map([
  ["徒弟", "师父"],
  ["房客", "房东"],
  ["伙计", "东家"],
]);

/** Keeps the facts as triples and the sets of what fits; a set must always have one member. */
export function solveMultiHop({ question, context }: Asked): string {
  const triples = context
    .split("。")
    .slice(0, -1)
    .map((fact): Triple => {
      const found = /^(.+?)(?:的(师父|房东|东家|特产)是|(住)在)(.+)$/.exec(fact);
      return [found?.[1] ?? "", found?.[2] ?? found?.[3] ?? "", found?.[4] ?? ""];
    });
  const objects = (subject: string, relation: string): string =>
    only(triples.filter(([a, b]) => a === subject && b === relation).map(([, , c]) => c));
  const subjects = (relation: string, object: string): string =>
    only(triples.filter(([, b, c]) => b === relation && c === object).map(([a]) => a));
  const [who = "", asked = ""] = groups(
    /^(.+?)(是谁|住在什么地方|所住的地方，特产是什么)？$/,
    question,
  );
  const [begin = "", steps = ""] = groups(/^(.+?)((?:的(?:师父|徒弟|房东|房客|东家|伙计))*)$/, who);
  let person = begin;
  if (begin.startsWith("住在特产是")) {
    const [ware = ""] = groups(/^住在特产是(.+)的地方的人$/, begin);
    person = subjects("住", subjects("特产", ware));
  } else if (begin.startsWith("住在")) {
    const [town = ""] = groups(/^住在(.+)的人$/, begin);
    person = subjects("住", town);
  }
  for (const step of steps.split("的").slice(1)) {
    const inverse = inverses.get(step);
    person = inverse === undefined ? objects(person, step) : subjects(inverse, person);
  }
  if (asked === "是谁") return person;
  const town = objects(person, "住");
  return asked === "住在什么地方" ? town : objects(town, "特产");
}

function only(found: readonly string[]): string {
  const [first = "", ...others] = found;
  if (first === "" || others.length > 0) throw new Error(`${found.length} facts fit`);
  return first;
}
