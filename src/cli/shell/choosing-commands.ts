import type { CommandEntry } from "./command-groups.ts";

import { formats } from "../../domain/formats.ts";

const { board, config, prices, provider, run, scorecard, traffic } = formats;

/** Commands for a buyer who chooses among models, their hosts and their bills. */
export const choosingCommands = {
  cost: {
    group: "compare",
    summary: {
      zh: "按自己的流量估每月费用：按量、预留、自建，各自的持平点",
      en: "the monthly bill of one's own traffic: on demand, reserved, self-hosted, and where they break even",
    },
    reads: [run, traffic, prices, config, provider],
    writes: ["JSON", "Markdown"],
  },
  reprice: {
    group: "compare",
    summary: { zh: "用自己的价格重算费用", en: "what a run costs by prices of one's own" },
    reads: [run, prices],
    writes: ["JSON"],
  },
  choose: {
    group: "compare",
    summary: {
      zh: "按计分卡选型：一票否决、加权总分、有多大把握、权重改多少会换人",
      en: "choose by a scorecard: vetoes, weighted totals, how sure they are, which weights change the winner",
    },
    reads: [run, scorecard, traffic, prices, formats.load, board, config, provider],
    writes: ["JSON", "XLSX", "HTML"],
  },
  respond: {
    group: "compare",
    summary: {
      zh: "招标条款的逐条响应表：实测值、区间、分母、公式，满足、不满足或未断定",
      en: "a table that answers a buyer's clauses one by one: figure, interval, denominator, formula, met or not",
    },
    reads: [run, formats.clauses, "xlsx", "CSV", formats.load, traffic, board, config],
    writes: [formats.response, "xlsx", "CSV", "Markdown"],
  },
  steadiness: {
    group: "compare",
    summary: {
      zh: "一个月里有多稳：可用率、中断、慢时段、模型变化",
      en: "how steady a month was: availability, outages, slow hours, changes of model",
    },
    reads: [formats.nights, run],
    writes: [formats.steadiness, "Markdown", "HTML"],
  },
  hosts: {
    group: "compare",
    summary: {
      zh: "同一模型的几家服务商与官方服务是否一致：截断、量化、换模型",
      en: "whether hosts of one model answer as its official service: cut, quantised, another model",
    },
    reads: [run],
    writes: [formats.hosts, "Markdown"],
  },
  migrate: {
    group: "compare",
    summary: {
      zh: "换模型要少得多少分、改多少提示词：照搬与改写后相比",
      en: "what moving to another model costs in points and prompts: as they are, and rewritten",
    },
    reads: [run],
    writes: [formats.migration, "Markdown"],
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;
