import { dirname, join } from "node:path";

import type { ImportOptions, ImportSummary } from "../../importing/import-suite.ts";
import type { ImportSettings } from "../../importing/importer.ts";
import type { Preview } from "../../importing/preview.ts";
import type { Context } from "../context.ts";

import { type Text, UserError } from "../../domain/text.ts";
import { importSuite } from "../../importing/import-suite.ts";
import { suiteIdOf } from "../../importing/writer.ts";
import { readConfig } from "../../store/config.ts";
import { previewLines } from "./preview-text.ts";
import { summaryLines } from "./summary-text.ts";

/** How often a person may correct the columns. */
const mostRounds = 20;

/**
 * Imports and prints what became of the rows. Of one's own table a preview is shown; where it holds a guess that may be wrong or
 * a question for a person, it is written with `accepted`, or where the person at the terminal says so. Resolves to the exit code.
 */
export async function importReviewed(
  options: Omit<ImportOptions, "accept">,
  accepted: boolean,
  shownOut: string,
  context: Context,
): Promise<number> {
  for (let round = 0, { settings } = options; round < mostRounds; round += 1) {
    const { code, columns } = await importOnce(
      { ...options, settings },
      accepted,
      shownOut,
      context,
    );
    if (columns === null) return code;
    settings = { ...options.settings, columns };
  }
  return 1;
}

/** One reading of the table; `columns` are those to read it by once more, null where it is done. */
async function importOnce(
  options: Omit<ImportOptions, "accept">,
  accepted: boolean,
  shownOut: string,
  context: Context,
): Promise<{ readonly code: number; readonly columns: Columns | null }> {
  const { print, lang } = context;
  let columns: Columns | null = null;
  const accept = async (summary: ImportSummary): Promise<boolean> => {
    for (const line of summaryLines(summary, lang)) print(line);
    if (options.importer.source !== null) return true;
    const hasJudges = await judgesIn(context.cwd);
    for (const line of previewLines(summary.preview, hasJudges, lang)) print(line);
    if (accepted || !needsPerson(summary)) return true;
    if (context.ask === undefined) return false;
    const told = await columnsFrom(summary.preview, context);
    if (told === null) return await saysYes(context);
    columns = { ...options.settings.columns, ...told };
    return false;
  };
  const { written, preview } = await importSuite({ ...options, accept });
  if (columns !== null) return { code: 1, columns };
  const hasChange = preview.notes.some(({ change }) => change !== null);
  print(endText(written, shownOut, hasChange)[lang]);
  return { code: written ? 0 : 1, columns };
}

type Columns = ImportSettings["columns"];

const needsPerson = ({ skipped, preview: { notes, doubts } }: ImportSummary): boolean =>
  doubts.length > 0 || notes.some(({ sure }) => !sure) || skipped.some(({ harmless }) => !harmless);

/** Columns that the person names where one was guessed; null where all guesses stand. */
async function columnsFrom(
  { notes }: Preview,
  { ask, lang }: Context,
): Promise<Readonly<Record<string, string>> | null> {
  const told: Record<string, string> = {};
  for (const { text, change, sure } of notes) {
    const [, role] = /^--columns (\w+)=/.exec(change ?? "") ?? [];
    if (sure || role === undefined || ask === undefined) continue;
    const question = {
      zh: `${text.zh}。对就按回车，不对就写列名：`,
      en: `${text.en}. Enter if so, else the column's name: `,
    };
    const said = (await ask(question[lang])).trim();
    if (said !== "") told[role] = said;
  }
  return Object.keys(told).length === 0 ? null : told;
}

async function saysYes({ ask, lang }: Context): Promise<boolean> {
  const question = {
    zh: "写入吗？（y 写入，其他不写）",
    en: "Write it? (y writes, anything else does not) ",
  };
  const said = (await ask?.(question[lang])) ?? "";
  return /^\s*(?:y|yes|是|好|写入?)\s*$/iu.test(said);
}

/** Whether the folder's config names judges; a config that cannot be read names none here, and `check` says why. */
async function judgesIn(cwd: string): Promise<boolean> {
  try {
    const found = await readConfig(cwd, null);
    return Object.keys(found?.config.judges ?? {}).length > 0;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** `hasChange`: some note says how to read the table otherwise. */
function endText(written: boolean, out: string, hasChange: boolean): Text {
  if (written) {
    const data = join(dirname(out), "data", suiteIdOf(out));
    return {
      zh: `已写入 ${out}，题目在 ${data}/；检查：baimo check ${out}。表改过要再导入时，同一命令加 --force`,
      en: `wrote ${out}, its items in ${data}/; check it with: baimo check ${out}. To import the changed table again, add --force to this command`,
    };
  }
  const otherwise = hasChange
    ? { zh: "照“改法”改", en: "change it as told" }
    : { zh: "在表里改好再导入", en: "mend the table and import it again" };
  return {
    zh: `还没有写入 ${out}：上面有猜的、跳过的或要人看的地方。都对就加 --accept 再执行一次，不对就${otherwise.zh}`,
    en: `${out} is not written yet: there are guesses, rows left out or rows for a person above. If all is well, say it again with --accept; else ${otherwise.en}`,
  };
}
