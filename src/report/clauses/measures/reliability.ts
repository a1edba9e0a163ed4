import type { Text } from "../../../domain/text.ts";
import type { SeenWindow } from "../../steadiness/series.ts";
import type { MeasuredFigure, ClauseMeasure } from "./measure.ts";

import { isFailed, isGraded, type Outcome, outcomes } from "../../../domain/outcome.ts";
import { wilson } from "../../../stats/interval.ts";
import { percent } from "../../render/format.ts";
import { type AvailabilityRule, availabilityOf } from "../../steadiness/availability.ts";
import { attemptsIn, failuresIn } from "../../steadiness/series.ts";
import { counted, notMeasured, ofScope } from "./measure.ts";

const takes = ["of"] as const;
const view = "#/failures";

const shareOf = (isHit: (outcome: Outcome) => boolean): ClauseMeasure["figureOf"] =>
  ofScope(({ outcomes: found, answers, baseline }) => {
    if (answers === 0 || baseline) return notMeasured("没有发出请求", "nothing was asked");
    const hits = sumOf(found, isHit);
    return {
      value: hits / answers,
      interval: wilson(hits / answers, answers),
      sampled: true,
      n: answers,
      n_of: counted.answers,
      invalid: sumOf(found, isFailed),
      remarks: [],
    };
  });

const sumOf = (
  found: Readonly<Partial<Record<Outcome, number>>>,
  isHit: (outcome: Outcome) => boolean,
): number => outcomes.filter(isHit).reduce((sum, outcome) => sum + (found[outcome] ?? 0), 0);

const noneLeftOut: Text = {
  zh: "分母是全部作答，失败的也在内；“无效”列出最终失败的条数",
  en: "the denominator is every answer, failed ones too; those that failed in the end are told",
};

const slaFormula: Text = {
  zh: "1 − 各 5 分钟窗口错误率的平均；错误率 = 返回 5xx 的请求 / 有效请求",
  en: "1 − mean error rate of the 5-minute windows; error rate = requests with 5xx / valid requests",
};
const slaInvalid: Text = {
  zh: "4xx（含 429）、没有 HTTP 状态的（超时、断连）和自己中止的不算有效请求；只有这些请求的窗口没有错误；公告维护和本机断网的窗口不计；置信区间是整月（30 天）的",
  en: "4xx (429 too), requests without an HTTP status (timeouts, broken connections) and those stopped here are not valid; a window of such requests alone has no errors; announced maintenance and an outage of our own network are left out; the interval is that of a month (30 days)",
};

/** Whether an answer came at all. */
export const reliabilityMeasures: readonly ClauseMeasure[] = [
  {
    id: "success-rate",
    name: { zh: "成功率", en: "success rate" },
    aliases: [
      "成功率",
      "请求成功率",
      "调用成功率",
      "接口成功率",
      "应答成功率",
      "完整回复率",
      "回复率",
      "successrate",
    ],
    underLoad: "load-success-rate",
    unit: "share",
    better: "higher",
    takes,
    view,
    formula: {
      zh: "最终得到模型回答的作答（完成或被截断）/ 发出的作答；重试后成功算成功",
      en: "answers that the model gave in the end (whole or cut off) / answers asked for; a retry that succeeds counts",
    },
    invalid: noneLeftOut,
    figureOf: shareOf(isGraded),
  },
  {
    id: "failure-rate",
    name: { zh: "失败率", en: "failure rate" },
    aliases: ["失败率", "错误率", "异常率", "报错率", "failurerate", "errorrate"],
    unit: "share",
    better: "lower",
    takes,
    view,
    formula: {
      zh: "最终失败的作答 / 发出的作答",
      en: "answers that failed in the end / answers asked for",
    },
    invalid: noneLeftOut,
    figureOf: shareOf(isFailed),
  },
  {
    id: "timeout-rate",
    name: { zh: "超时率", en: "timeout rate" },
    aliases: ["超时率", "timeoutrate"],
    unit: "share",
    better: "lower",
    takes,
    view,
    formula: {
      zh: "最终超时的作答 / 发出的作答",
      en: "answers that timed out in the end / answers asked for",
    },
    invalid: noneLeftOut,
    figureOf: shareOf((outcome) => outcome === "timeout"),
  },
  {
    id: "truncation-rate",
    name: { zh: "截断率", en: "answers cut off" },
    aliases: ["截断率", "truncationrate"],
    unit: "share",
    better: "lower",
    takes,
    view,
    formula: {
      zh: "到长度上限被截断的作答 / 发出的作答",
      en: "answers cut at their length limit / answers asked for",
    },
    invalid: noneLeftOut,
    figureOf: shareOf((outcome) => outcome === "length"),
  },
  {
    id: "first-try-rate",
    name: { zh: "首次成功率", en: "first-try success" },
    aliases: ["首次成功率", "首次请求成功率", "一次成功率", "firsttryrate", "firsttrysuccess"],
    unit: "share",
    better: "higher",
    takes,
    view,
    formula: {
      zh: "第一次尝试就得到回答的调用 / 全部调用；被厂商拦截也算得到回答",
      en: "calls that the first attempt answered / all calls; a block by the vendor is an answer",
    },
    invalid: noneLeftOut,
    figureOf: ofScope(({ first_ok }) =>
      first_ok === null
        ? notMeasured("没有发出请求", "nothing was asked")
        : {
            value: first_ok.share,
            interval: wilson(first_ok.share, first_ok.calls),
            sampled: true,
            n: first_ok.calls,
            n_of: counted.calls,
            invalid: null,
            remarks: [],
          },
    ),
  },
  {
    id: "ttft-coverage",
    name: { zh: "TTFT 覆盖率", en: "TTFT coverage" },
    aliases: ["ttft覆盖率", "首字覆盖率", "首字延迟覆盖率", "ttftcoverage"],
    unit: "share",
    better: "higher",
    takes,
    view: "#/latency",
    formula: {
      zh: "量到首字时刻的调用 / 全部调用",
      en: "calls with a first token time / all calls",
    },
    invalid: noneLeftOut,
    figureOf: ofScope(({ first_ok, first_token_ms }) =>
      first_ok === null
        ? notMeasured("没有发出请求", "nothing was asked")
        : {
            value: (first_token_ms?.n ?? 0) / first_ok.calls,
            interval: null,
            sampled: false,
            n: first_ok.calls,
            n_of: counted.calls,
            invalid: first_ok.calls - (first_token_ms?.n ?? 0),
            remarks: [],
          },
    ),
  },
  {
    id: "availability",
    name: { zh: "可用率", en: "availability" },
    aliases: [
      "可用率",
      "可用性",
      "可用度",
      "服务可用率",
      "服务可用性",
      "系统可用性",
      "availability",
    ],
    unit: "share",
    better: "higher",
    takes: [],
    view,
    formula: slaFormula,
    invalid: slaInvalid,
    figureOf: ({ windows }) => {
      const figure = availabilityFigure(windows, "sla");
      const felt = availabilityFigure(windows, "user");
      const shown = felt.value === null ? "—" : percent(felt.value, 3);
      const [counts] = felt.remarks;
      return {
        ...figure,
        remarks: [
          ...figure.remarks,
          {
            zh: `条款没有写口径，按 SLA 口径；用户口径 ${shown}（${counts?.zh ?? ""}）`,
            en: `the clause names no rule: counted as SLAs do; as users feel it ${shown} (${counts?.en ?? ""})`,
          },
        ],
      };
    },
  },
  {
    id: "availability-sla",
    name: { zh: "可用率（SLA 口径）", en: "availability (as SLAs count)" },
    aliases: [
      "可用率sla口径",
      "可用性sla口径",
      "sla可用率",
      "sla可用性",
      "服务可用率sla口径",
      "sla",
      "availabilitysla",
    ],
    unit: "share",
    better: "higher",
    takes: [],
    view,
    formula: slaFormula,
    invalid: slaInvalid,
    figureOf: (facts) => availabilityFigure(facts.windows, "sla"),
  },
  {
    id: "availability-user",
    name: { zh: "可用率（用户口径）", en: "availability (as users feel it)" },
    aliases: ["可用率用户口径", "可用性用户口径", "用户可用率", "用户可用性", "availabilityuser"],
    unit: "share",
    better: "higher",
    takes: [],
    view,
    formula: {
      zh: "1 − 各 5 分钟窗口失败率的平均；失败 = 5xx、429、过载、超时、断连、残缺或空回复",
      en: "1 − mean failure rate of the 5-minute windows; failures are 5xx, 429, overload, timeouts, broken connections, broken or empty replies",
    },
    invalid: {
      zh: "自己的错（密钥、余额、参数、超长）和自己中止的不进分母；没有请求和本机断网的窗口不计；置信区间是整月（30 天）的",
      en: "what the caller did wrong (key, balance, params, length) and what was stopped here is left out; windows without requests and an outage of our own network too; the interval is that of a month (30 days)",
    },
    figureOf: (facts) => availabilityFigure(facts.windows, "user"),
  },
];

/** Windows of a month of 30 days: what was not asked of it stays open. */
const monthWindows = 30 * 288;

function availabilityFigure(
  windows: readonly SeenWindow[] | null,
  rule: AvailabilityRule,
): MeasuredFigure {
  const { asked, failed, leftOut } = requestsIn(windows ?? [], rule);
  const { value, interval, ...found } = availabilityOf(windows ?? [], rule, monthWindows);
  if (asked === 0 || value === null)
    return notMeasured("没有带时刻的有效请求", "there is no valid request with a time");
  return {
    value,
    interval,
    sampled: true,
    n: found.windows,
    n_of: counted.windows,
    invalid: leftOut,
    remarks: [{ zh: `${asked} 次请求，失败 ${failed}`, en: `${asked} requests, ${failed} failed` }],
  };
}

function requestsIn(
  windows: readonly SeenWindow[],
  rule: AvailabilityRule,
): { readonly asked: number; readonly failed: number; readonly leftOut: number } {
  const sum = (value: (window: SeenWindow) => number): number =>
    windows.reduce((total, window) => total + value(window), 0);
  const all = sum((window) => attemptsIn(window) + window.met.refused);
  const asked = sum(rule === "sla" ? ({ counted: own }) => own : attemptsIn);
  const failed = sum(rule === "sla" ? ({ server }) => server : failuresIn);
  return { asked, failed, leftOut: all - asked };
}
