import type { Asked } from "./solvers/asked.ts";

import { moreNames, names } from "../words.ts";

type Guess = (asked: Asked) => string | null;

const lastLine = ({ question }: Asked): string => question.split("\n").at(-1) ?? "";

/** The values of a puzzle's trait that is asked for, as they are listed. */
function listed(asked: Asked): readonly string[] | null {
  const title = /各人(?:的)?(.+?)(?:依次是什么|，用顿号隔开)/.exec(lastLine(asked))?.[1];
  if (title === undefined) return null;
  const line = asked.question.split("\n").find((each) => each.startsWith(`${title}：`));
  return line?.slice(title.length + 1).split("、") ?? null;
}

/** By where the clues name them first. */
const asMentioned: Guess = (asked) => {
  const values = listed(asked);
  if (values === null) return null;
  const clues = asked.question.slice(asked.question.indexOf("已知："));
  return values.toSorted((a, b) => clues.indexOf(a) - clues.indexOf(b)).join("、");
};

/** Everybody of the one kind, or as the printed example has it. */
const islanders =
  (which: 0 | 1 | "example"): Guess =>
  (asked) => {
    const example = /用顿号隔开，如“(.+?)”/.exec(lastLine(asked))?.[1];
    if (example === undefined) return null;
    if (which === "example") return example;
    const kind = /种人：(.+?)(?:只说|句句|从不).*?，(.+?)(?:只说|句句|从不)/.exec(asked.question)?.[
      which + 1
    ];
    return example
      .split("、")
      .map(() => kind ?? "")
      .join("、");
  };

/** Of the people that a text without a context names: the first, the last, or the one named most. */
const person =
  (choose: (found: readonly string[]) => string | undefined): Guess =>
  (asked) => {
    if (!lastLine(asked).includes("只写名字")) return null;
    const asker = lastLine(asked).match(/\p{Script=Han}{2}/u)?.[0];
    const found = asked.question.match(new RegExp([...names, ...moreNames].join("|"), "g")) ?? [];
    return choose(found.filter((name) => name !== asker)) ?? null;
  };

const mostNamed = (found: readonly string[]): string | undefined =>
  [...Map.groupBy(found, (name) => name)].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];

/** The first or last number before a 元 in a register, or of what a line names that the question names as well. */
const registered =
  (at: 0 | -1, isNear: boolean): Guess =>
  (asked) => {
    if (!asked.context.startsWith("仓储")) return null;
    const store = /\S+ \d+ 号库/.exec(asked.question)?.[0];
    const key = isNear ? store : "";
    if (key === undefined) return null;
    const lines = asked.context.split("\n").filter((line) => line.includes(key));
    return lines.flatMap((line) => /(\d+) 元/.exec(line)?.[1] ?? []).at(at) ?? null;
  };

export const familyStrategies: Readonly<Record<string, Guess>> = {
  "values as listed": (asked) => listed(asked)?.join("、") ?? null,
  "values as mentioned": asMentioned,
  "all of the first kind": islanders(0),
  "all of the second kind": islanders(1),
  "the printed example": islanders("example"),
  "first person": person((found) => found[0]),
  "last person": person((found) => found.at(-1)),
  "person named most": person(mostNamed),
  "first number of a register": registered(0, false),
  "last number of a register": registered(-1, false),
  "first number of the store": registered(0, true),
  "last number of the store": registered(-1, true),
};
