import { z } from "zod";

import type { GoldProblem } from "../../domain/grader.ts";
import type { Text } from "../../domain/text.ts";
import type { Constraint } from "./constraint.ts";
import type { Scope } from "./scope.ts";

import { loadPlugin, pluginIds } from "../../plugins.ts";
import { validate } from "../../validation/issues.ts";
import { unknownName } from "../../validation/suggest.ts";
import { isScope, parseScope } from "./scope.ts";

/** A constraint of an item, ready to be tested. */
export type ItemConstraint = {
  readonly constraint: Constraint;
  readonly options: unknown;
  readonly scope: Scope;
};

const Common = z.looseObject({
  check: z.string().min(1),
  scope: z.string().min(1).default("text"),
});

/** An item's constraints, or everything that is wrong with them; paths are below the item. */
export function readConstraints(given: readonly unknown[]): Promise<ReadConstraints> {
  const read = known.get(given) ?? readAll(given);
  known.set(given, read);
  return read;
}

type ReadConstraints = {
  readonly ready: readonly ItemConstraint[];
  readonly problems: readonly GoldProblem[];
};

/** An item's constraints are read for every reply to it. */
const known = new WeakMap<readonly unknown[], Promise<ReadConstraints>>();

async function readAll(given: readonly unknown[]): Promise<ReadConstraints> {
  const ready: ItemConstraint[] = [];
  const problems: GoldProblem[] = [];
  for (const [index, each] of given.entries()) {
    const read = await readConstraint(each);
    const base = `constraints[${index}]`;
    if ("problems" in read)
      problems.push(
        ...read.problems.map(({ path, message }) => ({ path: `${base}${path}`, message })),
      );
    else ready.push(read);
  }
  return { ready, problems };
}

async function readConstraint(
  given: unknown,
): Promise<ItemConstraint | { readonly problems: readonly GoldProblem[] }> {
  const common = validate(Common, given);
  if (!common.ok)
    return {
      problems: common.findings.map(({ path, message }) => ({ path: pathText(path), message })),
    };
  const { check, scope: where, ...rest } = common.value;
  const constraint = await loadPlugin<Constraint>("constraints", check);
  if (constraint === null) {
    const message = unknownName({ zh: "约束", en: "constraint" }, check, pluginIds("constraints"));
    return { problems: [{ path: ".check", message }] };
  }
  const scope = parseScope(where);
  const options = validate(constraint.options, rest);
  if (!options.ok)
    return {
      problems: options.findings.map(({ path, message }) => ({ path: pathText(path), message })),
    };
  if (!isScope(scope)) return { problems: [{ path: ".scope", message: scope }] };
  const senseless: Text | null = constraint.check?.(options.value) ?? null;
  if (senseless !== null) return { problems: [{ path: "", message: senseless }] };
  return { constraint, options: options.value, scope };
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
