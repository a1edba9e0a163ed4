import type { Text } from "../../domain/text.ts";

/** One command line that works as it stands where its files exist, and what it is for. */
export type UsageExample = { readonly line: string; readonly purpose: Text };

const example = (line: string, zh: string, en: string): UsageExample => ({
  line,
  purpose: { zh, en },
});

/** What `--help` shows at its end; every line is read by the command's own table of options in the tests. */
export const examples: Readonly<Record<string, readonly UsageExample[]>> = {
  init: [
    example(
      "baimo init --url http://127.0.0.1:8000/v1 --model my-model",
      "接入自己的服务",
      "a server of your own",
    ),
  ],
  cost: [
    example("baimo cost --sample", "打印一份带注释的流量文件", "a commented traffic file"),
    example(
      "baimo cost results/a.jsonl --traffic traffic.yaml",
      "按自己的流量估每月费用",
      "the month's bill of one's own traffic",
    ),
  ],
  respond: [
    example("baimo respond --sample", "打印一份带注释的条款文件", "a commented file of clauses"),
    example(
      "baimo respond results/a.jsonl --clauses clauses.xlsx --format xlsx -o response.xlsx",
      "逐条答复招标条款",
      "answer a buyer's clauses one by one",
    ),
  ],
  steadiness: [
    example(
      "baimo steadiness results/nightly/nightly --month 2026-11",
      "一个月的可用率、中断和慢时段",
      "a month's availability, outages and slow hours",
    ),
    example(
      "baimo steadiness results/*.jsonl --format html -o steadiness.html",
      "从运行文件做成页面",
      "a page of run files",
    ),
  ],
  hosts: [
    example(
      "baimo hosts results/a.jsonl --official deepseek/deepseek-chat",
      "别家托管的同一模型是否与官方一致",
      "whether other hosts of the model are like its official service",
    ),
  ],
  migrate: [
    example(
      "baimo migrate results/a.jsonl --incumbent qwen/qwen-plus",
      "换模型的代价：照搬提示词与改写后",
      "what another model costs with the prompts as they are and rewritten",
    ),
  ],
  choose: [
    example("baimo choose --sample", "打印一份带注释的计分卡", "a commented scorecard"),
    example(
      "baimo choose results/a.jsonl --scorecard card.yaml --traffic traffic.yaml --xlsx choice.xlsx --report choice.html",
      "按计分卡选型，写成 Excel 和网页",
      "choose by a scorecard, with a workbook and a page",
    ),
  ],
  reprice: [
    example("baimo reprice --sample", "打印一份带注释的价格文件", "a commented file of prices"),
    example(
      "baimo reprice results/a.jsonl --prices prices.yaml",
      "按合同价重算一次运行的费用",
      "what a run costs by the contract's prices",
    ),
  ],
  worker: [
    example(
      "baimo worker --queue rediss://queue.example:6380 --region cn-beijing",
      "在这台机器上替队列里的运行作答",
      "ask for the runs of a queue from this machine",
    ),
  ],
  merge: [
    example(
      "baimo merge results/part-1.jsonl results/part-2.jsonl -o results/run.jsonl",
      "把分份跑的合成一个运行文件",
      "one run file of the parts",
    ),
  ],
  seal: [
    example("baimo seal --new-key team.pem", "生成一对密钥，只做一次", "a pair of keys, once"),
    example(
      "baimo seal results/a.jsonl --with results/a.html --key team.pem -o seal.json",
      "封存一次运行和它的报告",
      "seal a run and its report",
    ),
    example("baimo seal --verify seal.json --key team.pub", "逐个文件核对", "check file by file"),
  ],
  ping: [example("baimo ping -m qwen/qwen-plus", "试一个目标", "try one target")],
  doctor: [
    example("baimo doctor", "看这台机器还缺什么", "what this machine lacks"),
    example(
      "baimo doctor -m qwen/qwen-plus",
      "再看网络和时钟",
      "and whether network and clock are right",
    ),
  ],
  load: [
    example("baimo load -m qwen/qwen-plus --rate 1,2,5", "逐级加压", "load step by step"),
    example(
      "baimo load --quick --hourly 12.5CNY",
      "自己的服务器，每个目标约一分钟",
      "a server of one's own, a minute or so each",
    ),
  ],
  check: [
    example("baimo check suites/my-suite.yaml", "检查一个题集", "one suite"),
    example("baimo check", "检查当前文件夹里的全部", "all of this folder"),
  ],
  import: [
    example(
      "baimo import csv questions.csv -o suites/mine.yaml",
      "由表格得到题集",
      "a suite from a table",
    ),
  ],
  suites: [example("baimo suites", "可以写哪些题集", "the suites that can be named")],
  providers: [example("baimo providers", "内置的服务商", "the providers that are known")],
  models: [example("baimo models --provider qwen", "一家的模型与价格", "models and prices of one")],
  completion: [
    example("source <(baimo completion bash)", "在 bash 里立即启用", "switch it on in bash"),
    example(
      "baimo completion zsh > ~/.zfunc/_baimo",
      "装进 zsh 的 fpath",
      "install it in a folder of zsh's fpath",
    ),
  ],
  run: [
    example("baimo run", "不要密钥：三个模拟模型", "without keys: three simulated models"),
    example(
      "baimo run my-suite -m qwen/qwen-plus -m deepseek/deepseek-chat --max-cost 20CNY",
      "两个模型，最多花 20 元",
      "two models, at most 20 CNY",
    ),
    example(
      "baimo run my-suite -m qwen/qwen-plus --limit 3 --dry-run",
      "每个任务三题，只估算费用",
      "three items a task, estimate only",
    ),
  ],
  nightly: [
    example(
      "baimo nightly --board quick",
      "跑一晚，历史存进 results/nightly/quick",
      "one night; its history lies in results/nightly/quick",
    ),
  ],
  plan: [
    example(
      "baimo plan my-suite --detect 3",
      "要分出 3 分的差别，需要多少题",
      "items to tell 3 points apart",
    ),
  ],
  sim: [example("baimo sim --port 8080", "单独运行模拟器", "the simulator alone")],
  score: [
    example(
      "baimo score results/a.jsonl",
      "题集或评分器改过之后重新评分",
      "grade again after a change of suite or grader",
    ),
  ],
  review: [
    example("baimo review results/a.jsonl", "在终端里裁定", "rule in the terminal"),
    example(
      "baimo review results/a.jsonl --export queue.xlsx",
      "导出成表分发",
      "send it round as a sheet",
    ),
  ],
  calibrate: [
    example(
      "baimo calibrate labelled.jsonl --grader numeric",
      "用标注检验一个评分器",
      "one grader against labels",
    ),
  ],
  "judge-bench": [
    example(
      "baimo judge-bench marked.jsonl --judge qwen/qwen-plus",
      "用人的评分检验裁判",
      "a judge against people's marks",
    ),
  ],
  report: [
    example("baimo report results/run.jsonl -o report.html", "做成一个报告页", "a page of one run"),
    example(
      "baimo report results/new.jsonl --baseline results/old.jsonl",
      "与另一次运行对照",
      "beside another run",
    ),
  ],
  site: [
    example("baimo site results/nightly -o public", "把各夜做成一个网站", "a site of all nights"),
  ],
  leaderboard: [
    example("baimo leaderboard results/a.jsonl --wide", "显示所有列", "every column"),
    example(
      "baimo leaderboard results/*.jsonl --format html -o board.html",
      "几次运行合成一页",
      "several runs as one page",
    ),
  ],
  compare: [
    example("baimo compare results/old.jsonl results/new.jsonl", "两次运行", "two runs"),
    example(
      "baimo compare results/a.jsonl --map qwen/qwen-plus=deepseek/deepseek-chat",
      "一次运行里的两个目标",
      "two targets of one run",
    ),
  ],
  items: [example("baimo items results/a.jsonl", "哪些题有问题", "which items are doubtful")],
  gate: [
    example(
      "baimo gate results/new.jsonl --baseline results/old.jsonl",
      "退步了就以 1 退出",
      "exit 1 where it got worse",
    ),
  ],
  "export suite": [
    example(
      "baimo export suite suites/mine.yaml -o mine.xlsx",
      "把题集写成 Excel",
      "a suite as a workbook",
    ),
  ],
  "export questions": [
    example(
      "baimo export questions starter -o questions.xlsx --for doubao --limit 5",
      "每个任务五题，拿到网页上问",
      "five items a task, to be asked on a web page",
    ),
  ],
  "import answers": [
    example(
      "baimo import answers questions.xlsx --who 张三",
      "填好的表变成运行文件",
      "the filled sheet as a run file",
    ),
  ],
  "import log": [
    example(
      "baimo import log gateway.jsonl -o suites/live.yaml -n 200",
      "从线上请求抽 200 题",
      "200 items drawn from live requests",
    ),
  ],
  "import run": [
    example(
      "baimo import run inspect logs/a.eval -o results/a.jsonl",
      "一份 Inspect 日志",
      "a log of Inspect",
    ),
    example(
      "baimo import run opencompass outputs/default --suite my-suite --disagreements diff.csv",
      "对应到自己的题集",
      "matched with a suite of your own",
    ),
  ],
  "export run": [
    example(
      "baimo export run results/a.jsonl -o a.parquet",
      "供 DuckDB、pandas 读",
      "for DuckDB and pandas",
    ),
    example(
      "baimo export run results/a.jsonl results/b.jsonl -o both.csv",
      "两次运行合成一张表",
      "two runs as one sheet",
    ),
  ],
};
