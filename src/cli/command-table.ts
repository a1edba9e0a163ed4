import type { CommandEntry } from "./shell/command-groups.ts";

import { formats } from "../domain/formats.ts";
import { choosingCommands } from "./shell/choosing-commands.ts";

const { suite, board, provider, config, run, traffic, prices, scorecard } = formats;
const sheets = ["XLSX", "CSV", "JSONL"];

/** Every command. Its options stand in the file of the same name in `commands/`. */
export const commandTable: Readonly<Record<string, CommandEntry>> = {
  init: {
    group: "prepare",
    summary: {
      zh: "写出带注释的 baimo.yaml 和一个小题集",
      en: "write a commented baimo.yaml and a small suite",
    },
    reads: [],
    writes: [config, suite],
  },
  ping: {
    group: "prepare",
    summary: {
      zh: "向每个目标发一个小请求，说明哪里不通、该怎么办",
      en: "send one small request to each target; say what is wrong and what to do",
    },
    reads: [config, provider],
    writes: [formats.recording],
  },
  doctor: {
    group: "prepare",
    summary: {
      zh: "体检：Node、终端、结果文件夹、代理、证书、密钥、时钟、可选的包",
      en: "look over Node, terminal, results, proxy, certificates, keys, clock, optional packages",
    },
    reads: [config, provider],
    writes: ["JSON"],
  },
  check: {
    group: "prepare",
    summary: {
      zh: "检查题集、榜单、服务商与配置，并显示每个任务的第一个提示词",
      en: "validate suites, boards, providers and config; show the first prompt of each task",
    },
    reads: [suite, board, formats.judge, provider, config, traffic, prices, scorecard],
    writes: [],
  },
  suites: {
    group: "prepare",
    summary: {
      zh: "列出题集与榜单的 id：./suites 里的和随附的",
      en: "list the ids of suites and boards, those of ./suites and those that ship",
    },
    reads: [suite, board],
    writes: ["JSON"],
  },
  import: {
    group: "prepare",
    summary: {
      zh: "把公开评测集、表格或日志导入为题集",
      en: "turn a public benchmark, a table or a log into a suite",
    },
    reads: [...sheets, "JSON"],
    writes: [suite],
  },
  "import log": {
    group: "prepare",
    summary: {
      zh: "从网关日志抽样成题集：去重、归类、遮去个人信息，旧回答作参考",
      en: "a suite drawn from a gateway's log: deduplicated, grouped, masked, with the old answers as references",
    },
    reads: ["JSONL"],
    writes: [suite],
  },
  "export questions": {
    group: "prepare",
    summary: {
      zh: "把题集写成一张表，由人拿到网页上问，再把回答粘贴进来",
      en: "a suite as a sheet for people who ask web pages and paste the answers in",
    },
    reads: [suite],
    writes: sheets,
  },
  "import answers": {
    group: "grade",
    summary: {
      zh: "把从网页粘贴来的回答变成运行文件并评分",
      en: "answers that were pasted from web pages as a graded run file",
    },
    reads: [...sheets, suite, config],
    writes: [run],
  },
  "import run": {
    group: "grade",
    summary: {
      zh: "导入其他工具的结果，用百模的评分器重评，列出判定不同的地方",
      en: "results of other tools as a run file, graded again, with what is judged otherwise",
    },
    reads: ["JSON", "JSONL", "Inspect .eval", suite, config],
    writes: [run, "CSV"],
  },
  providers: {
    group: "prepare",
    summary: { zh: "列出服务商", en: "list the providers" },
    reads: [config, provider, formats.recording],
    writes: ["JSON"],
  },
  models: {
    group: "prepare",
    summary: { zh: "列出模型、价格与限额", en: "list models with prices and limits" },
    reads: [config, provider],
    writes: ["JSON"],
  },
  completion: {
    group: "prepare",
    summary: { zh: "输出 bash 或 zsh 的补全脚本", en: "print shell completion for bash or zsh" },
    reads: [],
    writes: [],
  },
  run: {
    group: "run",
    summary: { zh: "跑评测，出排行榜", en: "run suites and print a leaderboard" },
    reads: [suite, board, provider, config, run],
    writes: [run, "JUnit XML"],
  },
  nightly: {
    group: "run",
    summary: {
      zh: "夜间榜：跑榜单，判断谁变了",
      en: "nightly board: run it and tell what changed",
    },
    reads: [board, suite, provider, config, run, formats.nights],
    writes: [run, formats.nights, formats.nightly, "Markdown"],
  },
  worker: {
    group: "run",
    summary: {
      zh: "在这台机器上回答 run --queue 派出的题",
      en: "ask what run --queue gives out, from this machine",
    },
    reads: [config, provider],
    writes: ["JSONL"],
  },
  merge: {
    group: "run",
    summary: {
      zh: "把 run --shard 或 load --shard 的各份合并成一个文件",
      en: "put the shards of run --shard or load --shard together as one file",
    },
    reads: [run, formats.load],
    writes: [run, formats.load],
  },
  plan: {
    group: "run",
    summary: {
      zh: "算出要多少题、重复几次、花多少钱",
      en: "items, trials and cost that a comparison needs",
    },
    reads: [suite, board, provider, config, run],
    writes: [formats.sampleSize],
  },
  load: {
    group: "run",
    summary: {
      zh: "压力测试：能承受多少人，那时有多快",
      en: "load: how many users it bears, and at what speed",
    },
    reads: [config, provider, suite, "JSONL", formats.load],
    writes: [formats.load, "JSON", "CSV", "Markdown", "HTML"],
  },
  sim: {
    group: "run",
    summary: { zh: "单独运行本机的厂商模拟器", en: "run the loopback vendor simulator alone" },
    reads: [formats.faults, suite],
    writes: [],
  },
  score: {
    group: "grade",
    summary: {
      zh: "用现有答案重新评分，不重问被评的模型",
      en: "grade again, without asking the models again",
    },
    reads: [run, suite, config],
    writes: [run],
  },
  review: {
    group: "grade",
    summary: {
      zh: "人工裁定：导出、导入、在终端里裁定，双盲对比",
      en: "rulings by people: export, import, in the terminal; blind side by side",
    },
    reads: [run, formats.blindKey, ...sheets],
    writes: [run, formats.blindKey, formats.blindResult, ...sheets],
  },
  calibrate: {
    group: "grade",
    summary: { zh: "用人工标注检验评分器", en: "measure a grader against labelled replies" },
    reads: ["JSONL", run, config, formats.judgeBench],
    writes: ["JSON", "JSONL", formats.judgeBench],
  },
  "judge-bench": {
    group: "grade",
    summary: {
      zh: "用人的评分检验裁判：一致性、人际水平、偏差、前后是否一致",
      en: "measure a judge against people's marks: agreement, people's own level, bias, consistency",
    },
    reads: ["JSONL", run, config, formats.judgeBench],
    writes: [formats.judgeBench, "JSON"],
  },
  leaderboard: {
    group: "compare",
    summary: { zh: "从运行文件生成排行榜", en: "a leaderboard from run files" },
    reads: [run, board, "JSON"],
    writes: [formats.leaderboard, "Markdown", "CSV", "HTML"],
  },
  ...choosingCommands,
  report: {
    group: "compare",
    summary: {
      zh: "把运行文件做成一个可以看的页面：结论、图表、每条回答",
      en: "a page of run files to look at: conclusion, charts, every answer",
    },
    reads: [run, board],
    writes: [formats.report, "HTML"],
  },
  site: {
    group: "compare",
    summary: {
      zh: "把一个文件夹里的运行和夜间历史做成静态网站：历史、总榜、每次运行的页面",
      en: "a static site of a folder of runs and nights: history, board, a page of each run",
    },
    reads: [run, formats.nights, board],
    writes: ["HTML"],
  },
  compare: {
    group: "compare",
    summary: {
      zh: "比较运行文件：差多少、有多大把握",
      en: "compare run files: by how much, and how sure that is",
    },
    reads: [run, board, formats.load],
    writes: [formats.comparison, formats.loadComparison, "Markdown", "HTML"],
  },
  items: {
    group: "compare",
    summary: {
      zh: "题目分析：得分率、区分度、干扰项、存疑的标准答案",
      en: "item analysis: share right, discrimination, distractors, golds to doubt",
    },
    reads: [run],
    writes: [formats.items, "Markdown", "CSV"],
  },
  gate: {
    group: "compare",
    summary: { zh: "按门禁规则检查一次运行", en: "check a run against the config's gate rules" },
    reads: [run, config, board],
    writes: ["JUnit XML"],
  },
  "export suite": {
    group: "prepare",
    summary: {
      zh: "把题集写成 Excel，改完再导入",
      en: "a suite as a workbook, to be edited and imported",
    },
    reads: [suite],
    writes: ["XLSX"],
  },
  "export run": {
    group: "compare",
    summary: {
      zh: "把运行文件导出成一行一条回答的表，供 DuckDB、pandas、Excel 读",
      en: "run files as a table of answers, for DuckDB, pandas and spreadsheets",
    },
    reads: [run, board],
    writes: ["Parquet", "CSV", "JSONL"],
  },
  seal: {
    group: "compare",
    summary: {
      zh: "封存：摘要、签名、时间戳；以后逐个核对",
      en: "seal files, and check them years later",
    },
    reads: [run, formats.seal, "PEM"],
    writes: [formats.seal, "PEM"],
  },
};
