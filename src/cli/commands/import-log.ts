import { stat } from "node:fs/promises";
import { resolve } from "node:path";

import type { Lang } from "../../domain/text.ts";
import type { LogSummary } from "../../importing/log/import-log.ts";

import { formats } from "../../domain/formats.ts";
import { Id } from "../../domain/id.ts";
import { UserError, colon } from "../../domain/text.ts";
import { importLog } from "../../importing/log/import-log.ts";
import { suiteIdOf } from "../../importing/writer.ts";
import { clean, percent } from "../../report/render/format.ts";
import { skippedLines } from "../import/skipped-lines.ts";
import { ownName } from "../names.ts";
import { defineCommand, number, text } from "../options.ts";
import { shared } from "../shared-options.ts";

/** Exit 0 where at least one request became an item. */
export const command = defineCommand({
  usage: "LOG.jsonl -o suites/x.yaml [-n 100] [--seed 7]",
  options: {
    out: { ...text({ zh: "要写的 .yaml 文件", en: "the .yaml to write" }), short: "o" },
    n: {
      ...number(
        { zh: "抽多少条请求成题，默认 100", en: "requests that become items (default 100)" },
        { whole: true, least: 1, most: 100_000 },
        100,
      ),
      short: "n",
    },
    seed: number(
      { zh: "抽样种子，默认 7", en: "seed of the draw (default 7)" },
      { whole: true, least: 0 },
      7,
    ),
    title: text({ zh: "题集名称", en: "title of the suite" }),
    force: shared.forceOverwrite,
  },
  run: async ({ out, n, seed, title, force, positionals }, context) => {
    const { cwd, lang, print } = context;
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw oneLog;
    if (out === null || !/\.ya?ml$/.test(out)) throw noOut;
    const file = resolve(cwd, out);
    if (!force && (await isThere(file))) throw taken(out);
    const id = suiteIdOf(file);
    if (!Id.safeParse(id).success) throw badId(id);
    const summary = await context.finishing(() =>
      importLog({
        file: resolve(cwd, name),
        out: file,
        n,
        seed,
        signal: context.stopping,
        suite: { schema: formats.suite, id, title: title ?? "线上请求", data_class: "内部" },
      }),
    );
    for (const line of summaryLines(summary, lang)) print(line);
    print(
      lang === "zh"
        ? `已写入 ${out}。请先读一遍，看有没有漏遮的个人信息；然后 ${ownName(context)} run ${out} -m …，旧回答作参考，用 ${ownName(context)} review 由人裁定`
        : `wrote ${out}. Read it first for personal data that was not masked; then ${ownName(context)} run ${out} -m …: the old answers are the references, and people rule in ${ownName(context)} review`,
    );
    return 0;
  },
});

function summaryLines(summary: LogSummary, lang: Lang): readonly string[] {
  const { rows, requests, distinct, items, unanswered, topics, topicCount, masked, skipped } =
    summary;
  const zh = lang === "zh";
  const kinds = Object.entries(masked).flatMap(([kind, count]) =>
    count === 0 ? [] : [`${kind} ${count}`],
  );
  return [
    zh
      ? `读取 ${rows} 行，${requests} 条请求，去掉几乎相同的剩 ${distinct} 条，分成 ${topicCount} 类；抽出 ${items} 题${unanswered === 0 ? "" : `，其中 ${unanswered} 题没有旧回答`}`
      : `read ${rows} rows: ${requests} requests, ${distinct} without those in almost the same words, of ${topicCount} kinds; drew ${items} items${unanswered === 0 ? "" : `, ${unanswered} of them without an old answer`}`,
    ...topics
      .filter(({ example }) => example !== "")
      .map(({ share, requests: own, example }) =>
        zh
          ? `  占 ${percent(share)}，${own} 种问法：${clip(example)}`
          : `  ${percent(share)}, ${own} ways to ask: ${clip(example)}`,
      ),
    ...skippedLines(skipped, lang),
    `${zh ? "题目里已遮去" : "masked in the items"}${colon[lang]}${kinds.length === 0 ? (zh ? "无" : "nothing") : kinds.join(zh ? "、" : ", ")}`,
  ];
}

const clip = (question: string): string => {
  const plain = clean(question);
  return plain.length > 40 ? `${plain.slice(0, 40)}…` : plain;
};

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const oneLog = new UserError({
  zh: "请给出一个网关日志，例如 baimo import log gateway.jsonl -o suites/live.yaml",
  en: "Name one log of a gateway, such as: baimo import log gateway.jsonl -o suites/live.yaml",
});
const noOut = new UserError({
  zh: "请用 -o 指明要写的 .yaml 文件",
  en: "name the .yaml to write with -o",
});
const taken = (out: string): UserError =>
  new UserError({
    zh: `${out} 已经存在；要覆盖请加 --force`,
    en: `${out} exists; add --force to overwrite it`,
  });
const badId = (id: string): UserError =>
  new UserError({
    zh: `文件名 ${id} 不能作题集的 id（只能用文字、数字、. _ -）`,
    en: `the file name ${id} cannot be a suite's id (letters, digits, . _ -)`,
  });
