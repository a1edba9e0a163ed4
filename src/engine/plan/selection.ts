import type { Item, Suite, Task } from "../../domain/suite.ts";

import { UserError } from "../../domain/text.ts";
import { globMatches } from "../../text/glob.ts";

/** Which items of a suite take part. */
type Selection = {
  /** False if no item of the task can match, so its items need not be read. */
  readonly task: (suite: Suite, task: Task) => boolean;
  readonly item: (suite: Suite, task: Task, item: Item) => boolean;
  /** True if `item` depends on the item, not only on its task. */
  readonly readsItems: boolean;
};

const names = ["suite", "task", "dimension", "tag", "id"] as const;

type Name = (typeof names)[number];

type Clause = { readonly name: Name; readonly globs: readonly string[] };

/**
 * Parses a filter such as `dimension=中文特性/* tag=易 id=i0*`: globs by name, separated by spaces. Different names must
 * all match; of a repeated name, any. A dimension also matches if the glob matches one of its ancestors.
 * Null selects everything. Throws a UserError for an unknown name.
 */
export function parseFilter(filter: string | null): Selection {
  const clauses = clausesOf(filter);
  const ofTask = clauses.filter(({ name }) => name !== "tag" && name !== "id");
  const ofItem = clauses.filter(({ name }) => name === "tag" || name === "id");
  const task: Selection["task"] = (suite, task) =>
    ofTask.every((clause) => matches(clause, valuesOfTask(clause.name, suite, task)));
  return {
    task,
    item: (suite, each, item) =>
      task(suite, each) &&
      ofItem.every((clause) => matches(clause, valuesOfItem(clause.name, each, item))),
    readsItems: ofItem.length > 0,
  };
}

function clausesOf(filter: string | null): readonly Clause[] {
  const clauses = new Map<Name, string[]>();
  for (const part of (filter ?? "").split(/\s+/).filter((each) => each !== "")) {
    const [name = "", ...rest] = part.split("=");
    const known = names.find((each) => each === name);
    const glob = rest.join("=");
    if (known === undefined || glob === "") throw badFilter(part);
    clauses.set(known, [...(clauses.get(known) ?? []), glob]);
  }
  return [...clauses].map(([name, globs]) => ({ name, globs }));
}

const matches = ({ globs }: Clause, values: readonly string[]): boolean =>
  globs.some((glob) => values.some((value) => globMatches(glob, value)));

function valuesOfTask(name: Name, suite: Suite, task: Task): readonly string[] {
  if (name === "suite") return [suite.id];
  if (name === "task") return [task.id, `${suite.id}/${task.id}`];
  return task.dimension.map((_, index) => task.dimension.slice(0, index + 1).join("/"));
}

function valuesOfItem(name: Name, task: Task, item: Item): readonly string[] {
  return name === "tag" ? [...(task.tags ?? []), ...(item.tags ?? [])] : [item.id];
}

const badFilter = (part: string): UserError =>
  new UserError({
    zh: `--filter 里的 ${part} 不对：应写成 名称=通配，名称是 ${names.join("、")} 之一，例如 dimension=中文特性/* tag=易`,
    en: `--filter: ${part} should be name=glob with a name of ${names.join(", ")}, such as dimension=中文特性/* tag=易`,
  });
