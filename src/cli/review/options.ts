import { queueDefaults } from "../../report/people/review/queue.ts";
import { flag, list, number, type OptionsOf, parsed, points, refused, text } from "../options.ts";
import { shared } from "../shared-options.ts";

const percent = { least: 0, most: 100 };

/** The options of `baimo review`. */
export const reviewOptions = {
  export: text({
    zh: "导出待裁的表：.xlsx、.csv 或 .jsonl",
    en: "write a sheet: .xlsx, .csv or .jsonl",
  }),
  import: list({ zh: "导入裁定过的表，可重复", en: "read a filled sheet, repeatable" }),
  reviewer: text({
    zh: "裁定人，默认 git 的 user.name 或登录名",
    en: "who rules (default: git's user.name, or the login name)",
  }),
  sample: points(
    { zh: "随机抽百分之几，默认 5", en: "per cent drawn at random (default 5)" },
    percent,
    queueDefaults.sample,
  ),
  draw: number(
    {
      zh: "随机抽多少条，代替 --sample",
      en: "answers drawn at random, instead of --sample",
    },
    { whole: true, least: 1, most: 1e9 },
    null,
  ),
  /** A whole number for a queue, any text for a blind comparison: its order must be hard to guess. */
  seed: text({
    zh: "抽样种子，默认 7；双盲默认随机",
    en: "seed of the draw (default 7; blind: random)",
  }),
  dispute: points(
    {
      zh: "裁判相差多少分算分歧，默认 30",
      en: "points apart at which judges disagree (default 30)",
    },
    percent,
    queueDefaults.dispute,
  ),
  wrong: flag({
    zh: "只看判为错的、没有读出答案的和未判的回答",
    en: "only answers that were graded wrong, could not be read or are not graded",
  }),
  all: flag({ zh: "已裁定的也列出", en: "also those that were ruled on before" }),
  unfold: flag({
    zh: "显示风险题的回答原文（默认折叠）",
    en: "show replies to items that name a risk (folded by default)",
  }),
  hideVerdict: flag({ zh: "不给裁定人看评分器的判定", en: "do not show the grader's verdict" }),
  force: shared.forceOverwrite,
  blind: flag({
    zh: "双盲对比：两个运行文件，或一个文件里的两个目标",
    en: "side by side without names: two run files, or two targets of one",
  }),
  map: parsed(
    { zh: "双盲：A 的目标=B 的目标", en: "blind: target of A=target of B" },
    targetsOf,
    null,
  ),
  limit: number(
    {
      zh: "双盲：最多几对；--wrong 不在终端里打印时：最多几条，默认 20",
      en: "blind: pairs at most; --wrong printed outside a terminal: answers at most (default 20)",
    },
    { whole: true, least: 0, most: 1e9 },
    null,
  ),
  mask: list({
    zh: "双盲：另外要遮住的名字，可重复",
    en: "blind: another name to mask, repeatable",
  }),
  key: text({ zh: "双盲：揭盲文件", en: "blind: the file that unblinds" }),
  arbiter: text({
    zh: "仲裁人：只看人与人有分歧的，他的裁定为准；双盲同此",
    en: "who arbitrates: only what people disagree on, and this ruling counts; blind likewise",
  }),
  json: flag({ zh: "双盲 --import：输出 JSON", en: "blind --import: print JSON" }),
};

export type ReviewOptions = OptionsOf<typeof reviewOptions>;

function targetsOf(given: string, named: string): { readonly a: string; readonly b: string } {
  const [a = "", b = "", rest] = given.split("=");
  if (a !== "" && b !== "" && rest === undefined) return { a, b };
  throw refused(
    named,
    { zh: "应写成 A的目标=B的目标", en: "must read target-of-A=target-of-B" },
    given,
  );
}
