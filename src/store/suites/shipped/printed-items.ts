import { createDraw } from "../../../generating/draw.ts";
import { loadGenerator } from "../../../generating/generator.ts";
import { madeAt } from "../../../generating/testing/made.ts";
import { loadEnvironment } from "../../../playing/environment.ts";
import { abridged } from "./abridged.ts";

/** Which items a page shows: how many of each level. */
const shown: readonly (readonly [level: number, n: number])[] = [
  [2, 3],
  [5, 3],
  [8, 2],
  [10, 2],
];

const seed = 20_261_130;
const fence = "```";

/** The pages of both languages print the same items, and those of high levels take long to draw. */
const drawn = new Map<string, Promise<string>>();

function printedItems(id: string): Promise<string> {
  const known = drawn.get(id) ?? drawItems(id);
  drawn.set(id, known);
  return known;
}

/** Items of a family as a page prints them, with their golds, or for a text with the text that keeps everything. */
async function drawItems(id: string): Promise<string> {
  const blocks: string[] = [];
  for (const [level, n] of shown)
    for (const { question = "", answer, witness } of await madeAt(id, level, n, seed + level))
      blocks.push(printed(level, question, witness ?? textOf(answer)));
  return blocks.join("\n\n");
}

/** Golds of these families are texts and numbers. */
const textOf = (answer: unknown): string =>
  typeof answer === "string" || typeof answer === "number"
    ? String(answer)
    : JSON.stringify(answer);

/** Fences within a question would end the page's own. */
const printed = (level: number, question: string, gold: string): string =>
  `${fence}text\n[${level}]\n${abridged(question.replaceAll(fence, "~~~"))}\n=> ${gold}\n${fence}`;

/** Options and floor of each level, as a table. */
async function ladderTable(id: string): Promise<string> {
  const generator = await loadGenerator(id);
  const levels = generator?.levels ?? [];
  // What a level leaves out has its default there.
  const names = [...new Set(levels.flatMap(({ options }) => Object.keys(Object(options))))];
  const rows = levels.map(({ options, floor }, at) => {
    const given: Readonly<Record<string, unknown>> = Object(generator?.options.parse(options));
    return [at + 1, ...names.map((name) => String(given[name])), floor];
  });
  const head = ["level", ...names.map((name) => `\`${name}\``), "floor"];
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Requests of an environment, with the fewest calls that they take. */
async function printedPlays(id: string): Promise<string> {
  const environment = await loadEnvironment(id);
  if (environment === null) throw new Error(`no environment ${id}`);
  const blocks = shown.map(([level]) => {
    const { state, instruction } = environment.initial(createDraw(seed + level, 0, 0), { level });
    return printed(level, instruction, `${environment.plan(state)?.length ?? 0} calls`);
  });
  return blocks.join("\n\n");
}

/** A page with what stands between the marks of each family written anew. */
export async function withItems(page: string): Promise<string> {
  let text = page;
  for (const [, kind = "", id = ""] of page.matchAll(/<!-- (ladder|items|plays): ([\w-]+) -->/g)) {
    const write = { ladder: ladderTable, items: printedItems, plays: printedPlays }[kind];
    const items = await write?.(id);
    const marks = new RegExp(`(<!-- ${kind}: ${id} -->\n)[\\s\\S]*?(<!-- end -->)`);
    text = text.replace(
      marks,
      (_, begin: string, end: string) => `${begin}\n${items ?? ""}\n\n${end}`,
    );
  }
  return text;
}
