import { basename } from "node:path";

import type { ExportedAnswer } from "../export/columns.ts";
import type { PaperBlock } from "./blocks.ts";
import type { Paper } from "./paper.ts";

import { rowOf } from "../export/columns.ts";
import { foldedText, isFolded } from "../render/folded.ts";
import { clean } from "../render/format.ts";
import { verdictWords } from "../render/words.ts";
import { notice, says, tabled } from "./blocks.ts";
import { generatedNotice } from "./paper.ts";

const mostOfTarget = 3;
const mostSamples = 24;
const mostChars = 300;

/** Replies that were not right, a few of each target: what a report calls badcases. Replies to risk items are folded. */
export async function sampleBlocks(paper: Paper): Promise<readonly PaperBlock[]> {
  const { lang, runs, made, options } = paper;
  const say = (zh: string, en: string): string => ({ zh, en })[lang];
  const baselines = new Set(
    made.report.targets.filter(({ baseline }) => baseline).map(({ target }) => target),
  );
  const found = new Map<string, ExportedAnswer[]>();
  for await (const each of runs.answers()) {
    const { target, wording } = each.answer;
    const own = found.get(target) ?? [];
    if (baselines.has(target) || wording !== null || own.length >= mostOfTarget) continue;
    if (each.value === null || each.value >= 1) continue;
    found.set(target, [...own, each]);
  }
  const samples = [...found.values()].flat().slice(0, mostSamples);
  if (samples.length === 0) return [];
  const short = (text: unknown): string => {
    const line = clean(typeof text === "string" ? text : "", 4_000);
    return line.length > mostChars ? `${line.slice(0, mostChars).toWellFormed()}…` : line;
  };
  const table = {
    columns: [
      { title: say("模型", "Model"), width: 14 },
      { title: say("题目", "Item"), width: 26 },
      { title: say("标准答案", "Gold"), width: 14 },
      { title: say("作答（人工智能生成）", "Reply (AI-generated)"), width: 30 },
      { title: say("判定", "Verdict"), width: 14 },
    ],
    rows: samples.map((each) => {
      const row = rowOf(each);
      const folded = !options.unfold && each.item !== null && isFolded(each.item);
      const reply = String(row["answer"] ?? "");
      return [
        clean(each.answer.target),
        `${clean(each.answer.item)} ${short(row["prompt"])}`,
        short(row["gold"]),
        folded ? foldedText(reply, lang) : short(reply),
        `${each.verdict === null ? "" : verdictWords[each.verdict][lang]} ${short(row["why"])}`,
      ];
    }),
  };
  return [
    notice(generatedNotice[lang]),
    ...tabled(
      say(
        "未答对的作答（每个目标至多三条）",
        "Replies that were not right (three a target at most)",
      ),
      table,
      0,
    ),
    says(
      say(
        `样例按运行文件里的先后取，每条至多 ${mostChars} 字；全部作答见 baimo export run --to xlsx 写出的工作簿。`,
        `Samples are taken in the order of the run files, ${mostChars} characters of each at most; baimo export run --to xlsx writes all replies as a workbook.`,
      ),
    ),
  ];
}

/** The files behind a report, by which its figures can be made again. */
export function recordBlocks({ lang, made, runs }: Paper): readonly PaperBlock[] {
  const say = (zh: string, en: string): string => ({ zh, en })[lang];
  const { report } = made;
  return [
    ...tabled(say("运行记录", "Runs"), {
      columns: [
        { title: say("运行编号", "Run") },
        { title: say("开始时间", "Started at") },
        { title: say("状态", "Status") },
        { title: say("计划摘要", "Plan digest") },
        { title: say("工具", "Tool") },
      ],
      rows: report.runs.map(({ id, started_at, plan_digest, tool }, at) => [
        id,
        started_at.slice(0, 19).replace("T", " "),
        report.ends[at]?.status ?? "interrupted",
        plan_digest.slice(0, 16),
        `baimo ${tool.version}${tool.commit === null ? "" : ` ${tool.commit.slice(0, 10)}`}`,
      ]),
    }),
    says(
      `${say("运行文件：", "Run files: ")}${runs.files.map((file) => clean(basename(file))).join(say("、", ", "))}`,
    ),
    says(
      say(
        "运行文件含每次请求的原始回复、判分和用量；用 baimo seal 封存后，任何改动都能逐文件查出。",
        "Run files hold every raw reply, score and count; once sealed with baimo seal, each change to a file can be told.",
      ),
    ),
  ];
}
