import type { z } from "zod";

import type { GraderRef } from "../../domain/suite.ts";
import type { ForeignGold } from "./run-importer.ts";

import { isObject, listOf, memberOf, textOf } from "../../domain/json.ts";
import { open } from "./gold.ts";

type JsonMap = Readonly<Record<string, z.core.util.JSONType>>;
type Check = {
  readonly use: string;
  readonly answer?: string | readonly string[];
  readonly with?: GraderRef["with"];
};

/**
 * Assertions of promptfoo as graders of our own. One that can be told in our words becomes that grader; several become `all`,
 * of which each must hold. What only their program or a model can decide becomes `open`, so that a reply that keeps the rest waits for a
 * judge. Null where nothing is asserted.
 */
export function assertedGold(assertions: readonly unknown[]): ForeignGold | null {
  const flat = assertions.flatMap((each) =>
    memberOf(each, "type") === "assert-set" ? listOf(memberOf(each, "assert")) : [each],
  );
  if (flat.length === 0) return null;
  const checks = flat.map(checkOf);
  const banned = flat.flatMap((each) => (isBan(each) ? textsOf(memberOf(each, "value")) : []));
  const constraints =
    banned.length === 0 ? {} : { constraints: [{ check: "excludes", text: banned }] };
  const rubrics = flat.filter(isRubric).flatMap((each) => textOf(memberOf(each, "value")) ?? []);
  const rubric = rubrics.length === 0 ? {} : { rubric: rubrics.join("\n") };
  const [only] = checks;
  if (checks.every(({ use }) => use === "open")) return { ...rubric, grader: open };
  if (checks.every(({ use }) => use === "constraints")) {
    return { ...constraints, grader: { use: "constraints" } };
  }
  if (only !== undefined && checks.length === 1 && only.answer !== undefined) {
    const { use, answer } = only;
    const grader = only.with === undefined ? { use } : { use, with: only.with };
    return { answer: typeof answer === "string" ? answer : [...answer], grader };
  }
  // All constraints of an item are one check.
  const kept = checks.filter(
    ({ use }, place) =>
      use !== "constraints" || checks.findIndex((each) => each.use === use) === place,
  );
  return {
    ...rubric,
    ...constraints,
    grader: {
      use: "all",
      with: {
        pass: 1,
        checks: kept.map(({ use, answer, ...rest }, place) => ({
          name: `${place + 1}-${use}`,
          use,
          ...(answer === undefined
            ? {}
            : { answer: typeof answer === "string" ? answer : [...answer] }),
          ...(rest.with === undefined ? {} : { with: rest.with }),
        })),
      },
    },
  };
}

const isRubric = (assertion: unknown): boolean =>
  /^(?:llm-rubric|model-graded-closedqa|g-eval)$/.test(textOf(memberOf(assertion, "type")) ?? "");

/** https://www.promptfoo.dev/docs/configuration/expected-outputs/, read in 2026-11. */
function checkOf(assertion: unknown): Check {
  const type = textOf(memberOf(assertion, "type")) ?? "";
  const value = memberOf(assertion, "value");
  const text = typeof value === "number" ? String(value) : textOf(value);
  const texts = textsOf(value);
  if (isBan(assertion)) return { use: "constraints" };
  if (type === "is-json")
    return { use: "json", with: { schema: isObject(value) ? (value as JsonMap) : {} } };
  if (text === null && !Array.isArray(value)) return { use: "open" };
  switch (type) {
    case "equals":
      return { use: "exact", answer: text ?? texts, with: { mode: "characters", from: "reply" } };
    case "contains":
    case "icontains":
      return { use: "contains", answer: text ?? texts, with: { negated: "counted" } };
    case "contains-all":
    case "icontains-all":
      return { use: "contains", answer: texts, with: { negated: "counted" } };
    case "contains-any":
    case "icontains-any":
      return { use: "contains", answer: texts, with: { need: "any", negated: "counted" } };
    case "starts-with":
      return { use: "regex", answer: `^${literal(text ?? "")}`, with: { multiline: false } };
    case "regex":
      return { use: "regex", answer: text ?? "" };
    default:
      return { use: "open" };
  }
}

/** The pattern of a text as `regex` reads replies, which it folds first. */
const literal = (text: string): string =>
  text.normalize("NFKC").replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);

const isBan = (assertion: unknown): boolean =>
  /^not-i?contains(?:-any)?$/.test(textOf(memberOf(assertion, "type")) ?? "");

/** Several are a list, or one text with commas. */
const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value)
    ? value.map(String)
    : (textOf(value) ?? (typeof value === "number" ? String(value) : "")).split(",")
  )
    .map((part) => part.trim())
    .filter((part) => part !== "");
