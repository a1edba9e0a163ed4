import { extname } from "node:path";

import type { Problem, Text } from "../../../domain/text.ts";
import type { TenderClause, ClauseList } from "../clause.ts";
import type { ClauseField, RawClause } from "./raw-clause.ts";

import { Clauses } from "../../../domain/choosing/clauses.ts";
import { UserError } from "../../../domain/text.ts";
import { problemError } from "../../../files/text-file.ts";
import { inOrder, readYaml } from "../../../store/yaml/yaml.ts";
import { readClauseTable } from "./table.ts";
import { understand } from "./understand.ts";

const tables: ReadonlySet<string> = new Set([".xlsx", ".csv", ".tsv", ".txt"]);
const yaml: ReadonlySet<string> = new Set([".yaml", ".yml", ".json"]);

/**
 * Reads a buyer's clauses from YAML (`clauses/1`), Excel or CSV. `shown` names the file in messages. Rejects with a `UserError`
 * that holds every problem with its place: unknown measures, units that do not fit, numbers that stand twice.
 */
export async function readClauses(path: string, shown = path): Promise<ClauseList> {
  const ending = extname(path).toLowerCase();
  if (yaml.has(ending)) return listOf(await rawOfYaml(path));
  if (tables.has(ending)) return listOf(await readClauseTable(path, shown));
  throw new UserError({
    zh: `${shown}：条款文件应是 .yaml、.xlsx 或 .csv${ending === ".xls" || ending === ".docx" ? `；${ending} 请另存为 .xlsx` : ""}`,
    en: `${shown}: a file of clauses ends in .yaml, .xlsx or .csv${ending === ".xls" || ending === ".docx" ? `; save ${ending} as .xlsx` : ""}`,
  });
}

type RawList = {
  readonly title: string | null;
  readonly raw: readonly RawClause[];
  readonly notes: readonly Text[];
};

async function rawOfYaml(path: string): Promise<RawList> {
  const { value, locate } = await readYaml(path, Clauses);
  return {
    title: value.title ?? null,
    raw: value.clauses.map((clause, index) => ({
      fields: Object.fromEntries(
        Object.entries(clause).flatMap(([name, text]) =>
          text === undefined ? [] : [[name, text]],
        ),
      ),
      placeOf: (field: ClauseField) => locate(["clauses", index, field]),
      strict: true,
    })),
    notes: [],
  };
}

function listOf({ title, raw, notes }: RawList): ClauseList {
  const understood = raw.map((each) => ({ raw: each, ...understand(each) }));
  const problems = understood.flatMap((each) => each.problems);
  const numbered = withNumbers(understood);
  const all = [...problems, ...numbered.problems];
  if (all.length > 0) throw problemError(inOrder(all));
  return { title, clauses: numbered.clauses, notes };
}

type Read = { readonly raw: RawClause; readonly clauses: readonly TenderClause[] };

/**
 * Rows of one number that follow each other, as a merged cell leaves them, are parts of one clause and get numbers of their own.
 * A number that comes again elsewhere, or with the same words, is a mistake; rows without any are counted.
 */
function withNumbers(read: readonly Read[]): {
  readonly clauses: readonly TenderClause[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const groups: Read[][] = [];
  for (const each of read) {
    const last = groups.at(-1);
    const no = numberOf(each);
    if (last !== undefined && no !== "" && numberOf(last[0]) === no && !each.raw.strict)
      last.push(each);
    else groups.push([each]);
  }
  const seen = new Map<string, Read>();
  const clauses = groups.flatMap((group, at): readonly TenderClause[] => {
    const [first] = group;
    const no = numberOf(first);
    const earlier = no === "" ? undefined : seen.get(no);
    if (first !== undefined) seen.set(no, first);
    if (earlier !== undefined && first !== undefined) problems.push(twice(first, earlier, no));
    const words = group.map(
      ({ raw }) => `${raw.fields.requirement} ${raw.fields.measure} ${raw.fields.bound}`,
    );
    for (const [place, each] of group.entries())
      if (words.indexOf(words[place] ?? "") < place && first !== undefined)
        problems.push(twice(each, first, no));
    const shown = no === "" ? String(at + 1) : no;
    return group.flatMap(({ clauses: own }, part) =>
      own.map((clause) => ({
        ...clause,
        no: `${shown}${group.length > 1 ? `-${part + 1}` : ""}${clause.no.startsWith(`${no}-`) && clause.no !== no ? clause.no.slice(no.length) : ""}`,
      })),
    );
  });
  return { clauses, problems };
}

const numberOf = (read: Read | undefined): string =>
  (read?.raw.fields.no ?? "")
    .normalize("NFKC")
    .replace(/^\s*[★☆▲△*※]\s*/u, "")
    .trim();

function twice(read: Read, earlier: Read, no: string): Problem {
  const { line } = earlier.raw.placeOf("no");
  return {
    place: read.raw.placeOf("no"),
    message: {
      zh: `条款号 ${no} 出现了两次（另一处在第 ${line ?? "?"} 行）`,
      en: `clause ${no} stands twice (the other one is in line ${line ?? "?"})`,
    },
  };
}
