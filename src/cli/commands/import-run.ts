import { writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

import type { SuiteEntry, TargetEntry } from "../../domain/run-file/header.ts";
import type { Lang } from "../../domain/text.ts";
import type { ForeignPlan, ItemOf } from "../../importing/runs/plan.ts";
import type { RunImporter } from "../../importing/runs/run-importer.ts";
import type { LoadedSuites } from "../import/suite-lines.ts";
import type { OptionsOf } from "../options.ts";

import { UserError } from "../../domain/text.ts";
import { toId } from "../../importing/fields.ts";
import { foreignFiles } from "../../importing/runs/files.ts";
import { ownItems, suiteItems } from "../../importing/runs/items.ts";
import { answerElsewhere, headerElsewhere, targetElsewhere } from "../../importing/runs/lines.ts";
import { answersIn, planForeign } from "../../importing/runs/plan.ts";
import { loadRunImporter, runImporterIds } from "../../importing/runs/run-importer.ts";
import { packageVersion } from "../../store/builtin.ts";
import { readConfig } from "../../store/config.ts";
import { openGraders } from "../../store/graders.ts";
import { agreementLines, createAgreement, disagreementCsv } from "../import/agreement.ts";
import { gradableItems } from "../import/graded-items.ts";
import { mustBeNew, writeGradedRun } from "../import/graded-run.ts";
import { skippedLines } from "../import/skipped-lines.ts";
import { loadSuites, suiteEntryOf } from "../import/suite-lines.ts";
import { ownName, shownPath } from "../names.ts";
import { amount, defineCommand, flag, list, text } from "../options.ts";
import { newRunId } from "../run/session.ts";
import { shared } from "../shared-options.ts";

const options = {
  out: { ...text({ zh: "要写的运行文件", en: "the run file to write" }), short: "o" },
  suite: list({
    zh: "把回答对应到这个题集的题，用它的标准答案和评分器，可重复",
    en: "take items, golds and graders from this suite, repeatable",
  }),
  target: text({
    zh: "目标的名字，默认 格式/模型；文件里只有一个模型时可用",
    en: "name of the target (default FORMAT/MODEL), where the file holds one model",
  }),
  grader: text({ zh: "全部改用这个评分器", en: "use this grader for all of them" }),
  disagreements: text({
    zh: "把与原工具判定不同的回答写成这个 CSV",
    en: "write answers judged otherwise by the other tool to this CSV",
  }),
  config: shared.judgeConfig,
  maxCost: amount({ zh: "裁判最多花多少钱，如 5CNY", en: "most money for judges, such as 5CNY" }),
  allowUnknownPrice: flag({
    zh: "有金额上限时，也问价格未知的裁判",
    en: "ask judges of unknown price under a cap too",
  }),
};

type Options = OptionsOf<typeof options>;

/** Exit 0, or 3 where judges ran out of money. */
export const command = defineCommand({
  usage: `FORMAT PATH [-o FILE] [--suite s]… [--target t] [--grader g] [--disagreements f.csv]`,
  options,
  run: async (options, context) => {
    const { cwd, lang, print } = context;
    const [format, path, ...more] = options.positionals;
    if (format === undefined || path === undefined || more.length > 0) throw usage();
    const importer = await loadRunImporter(format);
    const files = await foreignFiles(resolve(cwd, path), importer);
    const config = await readConfig(cwd, options.config);
    const graders = openGraders(config);
    const suites = options.suite.length === 0 ? null : await loadSuites(options.suite, context);
    const suiteId = toId(`${format}-${basename(path).replace(/\.(?:jsonl?|eval)$/, "")}`) ?? format;
    const opened = new Set<string>();
    const itemOf = gradableItems(itemsOf(suites, suiteId, options), graders, (item) =>
      opened.add(item),
    );
    const plan = await context.finishing(() => planForeign(importer, files, itemOf));
    if (plan.answers === 0) throw nothing(path, plan);
    const id = newRunId(context.now());
    const out = options.out ?? join("results", `${id}.jsonl`);
    const file = resolve(cwd, out);
    await mustBeNew(file, out);
    const refOf = namesOf(importer, plan, options.target);
    const header = headerElsewhere({
      id,
      tool: { ...packageVersion(), node: process.version },
      now: context.now(),
      suites: entriesOf(suites, suiteId, importer, plan),
      targets: targetsOf(importer, plan, basename(path), refOf),
      trials: plan.trials,
      items: plan.items,
    });
    const agreement = createAgreement();
    const left = await context.finishing(() =>
      writeGradedRun(
        {
          file,
          header,
          refs: plan.graders,
          config,
          graders,
          answers: answersOf(importer, files, itemOf, refOf),
          graded: agreement.take,
        },
        options,
        context,
      ),
    );
    const next = `${ownName(context)} leaderboard ${shownPath(file, context)}`;
    for (const line of summaryLines({ plan, opened: opened.size, out, left, next }, lang))
      print(line);
    for (const line of agreementLines(agreement, lang)) print(line);
    if (options.disagreements !== null) {
      await writeFile(resolve(cwd, options.disagreements), disagreementCsv(agreement, lang));
    }
    return left > 0 ? 3 : 0;
  },
});

function itemsOf(suites: LoadedSuites | null, suiteId: string, { grader }: Options): ItemOf {
  const ref = grader === null ? null : { use: grader };
  if (suites === null) return ownItems(suiteId, ref);
  const found = suiteItems(suites.lines);
  if (ref === null) return found;
  return async (sample) => {
    const item = await found(sample);
    if ("skip" in item) return item;
    return { ...item, turns: item.turns.map((turn) => ({ ...turn, grader: ref })) };
  };
}

/** How a model is called on boards. */
function namesOf(
  { id }: RunImporter,
  { models }: ForeignPlan,
  target: string | null,
): (model: string) => string {
  if (target === null) return (model) => `${id}/${model}`;
  if (models.size > 1) throw severalModels([...models.keys()]);
  return () => (target.includes("/") ? target : `${id}/${target}`);
}

async function* answersOf(
  importer: RunImporter,
  files: Awaited<ReturnType<typeof foreignFiles>>,
  itemOf: ItemOf,
  refOf: (model: string) => string,
) {
  for await (const each of answersIn(importer, files, itemOf)) {
    if ("skip" in each) continue;
    yield { item: each.item, answer: answerElsewhere(each, refOf(each.sample.model)) };
  }
}

const targetsOf = (
  { id, title }: RunImporter,
  { models, version }: ForeignPlan,
  file: string,
  refOf: (model: string) => string,
): readonly TargetEntry[] =>
  [...models].map(([model, { first, last }]) => {
    const iso = (moment: string | null) =>
      moment === null ? null : new Date(moment).toISOString();
    const vendor = { zh: `来自 ${title.zh}`, en: `from ${title.en}` };
    const origin = { from: id, version, file, who: [], first: iso(first), last: iso(last) };
    return targetElsewhere(refOf(model), vendor, origin);
  });

function entriesOf(
  suites: LoadedSuites | null,
  id: string,
  { title }: RunImporter,
  { items, digest, bySuite }: ForeignPlan,
): readonly SuiteEntry[] {
  if (suites !== null) {
    return suites.files
      .filter(({ suite }) => bySuite.has(suite.id))
      .map((suite) => suiteEntryOf(suite, bySuite.get(suite.suite.id) ?? 0));
  }
  return [
    {
      id,
      title: `${title.zh} 的结果`,
      license: null,
      source: null,
      data_class: "内部",
      digest,
      items,
      seeds: {},
    },
  ];
}

type Told = {
  readonly plan: ForeignPlan;
  readonly opened: number;
  readonly out: string;
  readonly left: number;
  readonly next: string;
};

function summaryLines({ plan, opened, out, left, next }: Told, lang: Lang): readonly string[] {
  const { files, rows, answers, items, models, trials, skipped } = plan;
  const zh = lang === "zh";
  return [
    zh
      ? `读取 ${rows} 条（${files} 个文件），写入 ${answers} 次作答：${items} 题，${models.size} 个模型${trials > 1 ? `，最多重复 ${trials} 次` : ""}`
      : `read ${rows} records (files: ${files}), wrote ${answers} answers: ${items} items, ${models.size} models${trials > 1 ? `, up to ${trials} trials` : ""}`,
    ...skippedLines(skipped, lang),
    ...(opened === 0
      ? []
      : [
          zh
            ? `  ${opened} 题的标准答案评分器读不了，留待裁判或人工裁定`
            : `  ${opened} golds no grader can read: these items wait for a judge or a ruling`,
        ]),
    ...(left === 0
      ? []
      : [zh ? `  ${left} 条没有评：预算用尽` : `  ${left} were not graded: out of budget`]),
    zh ? `已写入 ${out}；看排行榜：${next}` : `wrote ${out}; the leaderboard: ${next}`,
  ];
}

function nothing(path: string, { rows, skipped }: ForeignPlan): UserError {
  const [first] = skipped;
  const why =
    first === undefined
      ? { zh: "", en: "" }
      : {
          zh: `；${first.reason.zh}（${first.count} 条，如 ${first.rows[0] ?? "?"}）`,
          en: `; ${first.reason.en} (${first.count} records, such as ${first.rows[0] ?? "?"})`,
        };
  return new UserError({
    zh: `${path}：读了 ${rows} 条，没有一条能导入${why.zh}`,
    en: `${path}: read ${rows} records, none of which could be imported${why.en}`,
  });
}

const usage = (): UserError =>
  new UserError({
    zh: `用法：baimo import run FORMAT PATH（FORMAT：${runImporterIds().join("、")}）`,
    en: `usage: baimo import run FORMAT PATH (FORMAT: ${runImporterIds().join(", ")})`,
  });

const severalModels = (models: readonly string[]): UserError =>
  new UserError({
    zh: `--target 只能用于一个模型，文件里有 ${models.length} 个：${models.join("、")}`,
    en: `--target names one model; the files hold ${models.length}: ${models.join(", ")}`,
  });
