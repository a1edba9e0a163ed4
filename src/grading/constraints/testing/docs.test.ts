import { existsSync, readdirSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";
import { parse } from "yaml";
import { toJSONSchema } from "zod";

import type { Constraint } from "../constraint.ts";

import { grader } from "../../../graders/constraints.ts";
import { loadPlugin, pluginIds } from "../../../plugins.ts";
import { parseGraderOptions } from "../../graders.ts";
import { sampleOf } from "../../testing/sample.ts";
import { measure, LengthUnit } from "../units.ts";

const docs = new URL("../../../../docs/graders/", import.meta.url);
/** Constraints that came later may have pages of their own beside the two that tell of all others. */
const own = new URL("constraints/", docs);
const pagesOwn = existsSync(own) ? readdirSync(own) : [];
const pages = [".md", ".zh-CN.md"].map((ending) => {
  const isEnding = (name: string): boolean =>
    ending === ".md" ? !name.endsWith(".zh-CN.md") : name.endsWith(ending);
  const files = pagesOwn.filter(isEnding).map((name) => new URL(name, own));
  return [new URL(`constraints${ending}`, docs), ...files]
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
});

const row = /^\| (.+) \| (check: .+) \| (right|wrong) \|$/gm;
const examples = pages.flatMap((page) =>
  Array.from(page.matchAll(row), ([, reply = "", constraint = "", verdict = ""]) => ({
    reply: reply.replaceAll("⏎", "\n").replaceAll(String.raw`\|`, "|"),
    constraint,
    verdict,
  })),
);

test.each(examples)("$reply: $constraint is $verdict", async ({ reply, constraint, verdict }) => {
  const constraints: unknown[] = [parse(`{${constraint}}`)];
  const sample = sampleOf(reply, { constraints });
  const options = parseGraderOptions(grader, {});
  expect(await grader.check(sample.gold, options)).toEqual([]);
  expect(await grader.grade(sample, options, {})).toMatchObject({ verdict });
});

test.each(pluginIds("constraints"))(
  "%s is told, with its options and an example of either kind",
  async (id) => {
    const constraint = await loadPlugin<Constraint>("constraints", id);
    if (constraint === null) throw new Error(id);
    const { properties = {} } = toJSONSchema(constraint.options, { io: "input" });
    const named = pages.filter((page) => page.includes(`\`${id}\``));
    expect(named).toHaveLength(pages.length);
    for (const option of Object.keys(properties))
      for (const page of pages) expect(page).toContain(`\`${option}\``);
    const told = examples.filter(
      (each) => each.constraint.startsWith(`check: ${id},`) || each.constraint === `check: ${id}`,
    );
    expect(new Set(told.map(({ verdict }) => verdict))).toEqual(new Set(["right", "wrong"]));
  },
);

const unitRow = /^\| `(\S+)` \| .+ \| (\d+) \|$/gm;

test("the units count as the pages say", async () => {
  for (const page of pages) {
    const [, text = ""] = /\| “([^”]+)” \|\n/.exec(page) ?? [];
    const told = Array.from(page.matchAll(unitRow), ([, unit = "", n = ""]) => [unit, Number(n)]);
    expect(told).toHaveLength(5);
    for (const [unit, n] of told)
      expect([unit, await measure(text, LengthUnit.parse(unit))]).toEqual([unit, n]);
  }
});
