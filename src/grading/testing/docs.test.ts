import { existsSync, readFileSync, readdirSync } from "node:fs";

import { expect, test } from "vitest";
import { parse } from "yaml";
import { toJSONSchema, z } from "zod";

import { gradeSample } from "../grade.ts";
import { graderIds, loadGrader, parseGraderOptions } from "../graders.ts";
import { sampleOf } from "./sample.ts";

const fileOf = (name: string): URL => new URL(`../../../docs/graders/${name}.md`, import.meta.url);

function page(name: string): string {
  if (existsSync(fileOf(name))) return readFileSync(fileOf(name), "utf8");
  throw new Error(
    `docs/graders/${name}.md is missing: every grader has a page that names its options; scaffold/grader/docs/ has one to start from`,
  );
}

/** A page in English and its Chinese twin. */
const pagesOf = (id: string): readonly string[] => [id, `${id}.zh-CN`];

const english = readdirSync(new URL(".", fileOf("exact")))
  .filter((name) => name.endsWith(".md") && !name.endsWith(".zh-CN.md"))
  .map((name) => [name.replace(/\.md$/, "")] as const);

test.each(english)("%s and its Chinese twin have the same shape", (name) => {
  const [own, twin] = pagesOf(name).map(page);
  expect(own).toContain(`](${name}.zh-CN.md)`);
  expect(twin).toContain(`](${name}.md)`);
  expect(own).not.toMatch(/^#.*\p{Script=Han}/mu);
  const tables = (text = ""): number => text.match(/^\|[-|]+\|$/gm)?.length ?? 0;
  expect(tables(twin)).toBe(tables(own));
});

test.each(graderIds().map((id) => [id]))("%s has a page that names every option", async (id) => {
  const grader = await loadGrader(id);
  if (grader === null) throw new Error(`no grader ${id}`);
  const schema = toJSONSchema(grader.options, { io: "input" });
  const pages = pagesOf(id);
  for (const name of pages) {
    for (const option of Object.keys(schema.properties ?? {}))
      expect(page(name)).toContain(`\`${option}\``);
  }
});

/** Within a cell, `\|` is a bar. */
const row =
  /^\|((?:\\\||[^|\\\n]|\\(?!\|))+)\|((?:\\\||[^|\\\n]|\\(?!\|))+)\|((?:\\\||[^|\\\n]|\\(?!\|))*)\| *(right|wrong|unresolved) *\|$/gm;
const cell = (text: string): string => text.trim().replaceAll("\\|", "|");

/** Rows of the tables of replies; ⏎ stands for a line end. */
const examples = graderIds()
  .flatMap((id) => pagesOf(id).map((name) => ({ id, name })))
  .flatMap(({ id, name }) =>
    Array.from(page(name).matchAll(row), ([, reply = "", gold = "", given = "", verdict = ""]) => {
      const text = cell(reply).replaceAll("⏎", "\n");
      return [name, text, cell(gold), cell(given), verdict, id] as const;
    }),
  );

const Told = z.looseObject({
  unit: z.string().nullable().default(null),
  question: z.string().default(""),
  /** A gold of several members, where the column of golds shows one text. */
  members: z.array(z.string()).optional(),
});
const AnswerMap = z.record(z.string(), z.json());

test.each(examples)(
  "%s: %j against %j with {%s} is %s",
  async (_page, reply, answer, given, verdict, id) => {
    const grader = await loadGrader(id);
    if (grader === null) throw new Error(`no grader ${id}`);
    // What belongs to the item stands among the options.
    const { unit, question, members, ...rest } = Told.parse(parse(`{${given}}`));
    const options = parseGraderOptions(grader, rest);
    const isMap = grader.takesMap === true && answer.startsWith("{");
    const gold =
      id === "calls"
        ? { expected_calls: parse(`[${answer}]`) as unknown[] }
        : isMap
          ? { answer_map: AnswerMap.parse(parse(answer)) }
          : { answer: members ?? answer };
    const sample = sampleOf(reply, { ...gold, unit, question });
    expect(await gradeSample(grader, options, sample)).toMatchObject({ verdict });
  },
);
