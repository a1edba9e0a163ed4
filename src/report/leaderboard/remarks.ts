import type { UsageDoubt } from "../../domain/run-file/usage-counts.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { AgentSummary } from "../agents/agents.ts";
import type { AsAsked } from "../asked/asked.ts";
import type { Shortfall } from "../score/shortfall.ts";
import type { Summary } from "../score/summary.ts";
import type { ZeroReason } from "../score/zero-reasons.ts";
import type { Leaderboard } from "./leaderboard.ts";

import { usageDoubts } from "../../domain/run-file/usage-counts.ts";
import { colon } from "../../domain/text.ts";
import { askedLines, modelLines } from "../asked/text.ts";
import { judgeMissingText } from "../judges/missing-text.ts";
import { fixed, percent, points, seconds, targetName } from "../render/format.ts";
import { zeroReasons } from "../score/zero-reasons.ts";

/** A target under the name that a report gives it, with what remarks are made about. */
export type Remarked = AsAsked &
  Pick<Summary, "shortfall" | "counted" | "zero_reasons" | "usage_doubt" | "cost"> &
  Partial<
    Pick<Summary, "unrecognised" | "agents" | "judge_missing" | "without_judge" | "timings">
  > & {
    readonly name: string;
  };

/** What a reader must know of the targets beside their scores, one line each; nothing where all is well. */
export function remarkLines(
  targets: readonly Remarked[],
  decimals: number,
  lang: Lang,
): readonly string[] {
  return [
    ...modelLines(targets, lang),
    ...askedLines(targets, lang),
    ...targets.flatMap(({ name, shortfall }) =>
      // Why it has no rank says that already.
      shortfall === null || isAllMissing(shortfall)
        ? []
        : [`${name}${colon[lang]}${shortfallText(shortfall, decimals, lang)}`],
    ),
    ...targets.flatMap(({ name, judge_missing = null }) =>
      judge_missing === null
        ? []
        : [`${name}${colon[lang]}${judgeMissingText(judge_missing, decimals, lang)}`],
    ),
    ...withoutJudgeLines(targets, lang),
    ...unrecognisedLines(targets, lang),
    ...zeroLines(targets, lang),
    ...targets.flatMap(({ name, timings }) =>
      timings === undefined || timings.batched === 0
        ? []
        : [`${name}${colon[lang]}${batchedText(timings.batched, lang)}`],
    ),
    ...targets.flatMap(({ name, agents = null }) =>
      agents === null ? [] : [`${name}${colon[lang]}${agentsText(agents, lang)}`],
    ),
    ...targets.flatMap((target) => usageLine(target, lang)),
  ];
}

/** Open questions of runs without judges: what to write so that they count. */
export function withoutJudgeLines(
  targets: readonly Pick<Remarked, "name" | "without_judge">[],
  lang: Lang,
): readonly string[] {
  const waiting = targets.filter(({ without_judge = 0 }) => without_judge > 0);
  if (waiting.length === 0) return [];
  const counts = waiting.map(({ name, without_judge }) => `${name} ${without_judge}`);
  return [
    lang === "zh"
      ? `未判，因为没有裁判：${counts.join("、")} 次作答；在 baimo.yaml 写上 judges: 后用 baimo score 补评，不重问`
      : `Ungraded, as there was no judge: answers of ${counts.join(", ")}; name judges: in baimo.yaml and say baimo score, which asks nothing again`,
  ];
}

/** The targets of a leaderboard under the names that it shows; baselines, which nobody buys, are left out. */
export const remarkedOf = (board: Leaderboard, lang: Lang): readonly Remarked[] =>
  board.entries
    .filter(({ summary }) => !summary.baseline)
    .map(({ summary }) => ({
      ...summary,
      name: targetName(summary.target, summary.simulated, lang),
    }));

/** Why latencies are missing, or come from a few answers alone. */
const batchedText = (answers: number, lang: Lang): string =>
  lang === "zh"
    ? `${answers} 次作答来自批量接口，按批量价计费，没有延迟和吐字速度；表里的时间只算逐条提问的`
    : `${answers} answers came through the batch interface, at its price, and have neither latencies nor speed; times shown are of questions asked one by one`;

/** `智能体作答 24 次，平均 9.3 次请求、10.1 次调用（最少 9.8 次），时间中位数 1.93 秒；…` */
function agentsText(agents: AgentSummary, lang: Lang): string {
  const { answers, requests, calls, fewest_calls, breached, forbidden, total_ms } = agents;
  const few = fewest_calls === null ? null : fixed(fewest_calls, 1);
  const [asked, made] = [fixed(requests, 1), fixed(calls, 1)];
  const ms = total_ms === null ? null : seconds(total_ms.p50.value);
  return lang === "zh"
    ? `智能体作答 ${answers} 次，平均 ${asked} 次请求、${made} 次调用${few === null ? "" : `（最少 ${few} 次）`}${ms === null ? "" : `，耗时中位数 ${ms} 秒`}；${breached} 次违反制度，${forbidden} 次做了禁止的事`
    : `${answers} answers of agents, on average ${asked} requests and ${made} calls${few === null ? "" : ` (fewest possible ${few})`}${ms === null ? "" : `, median time ${ms} s`}; ${breached} broke the policy, ${forbidden} did what is forbidden`;
}

/** Nothing is known of a score without an answer: that it lies between 0 and 100 is no news. */
export const isAllMissing = ({ planned, missing }: Shortfall): boolean => missing >= planned;

/** What the score would be with the missing answers. */
export function shortfallText(shortfall: Shortfall, decimals: number, lang: Lang): string {
  const { planned, missing, share, bounds } = shortfall;
  if (isAllMissing(shortfall)) {
    return lang === "zh"
      ? `计划 ${planned} 次作答，没有一次可以计分`
      : `of ${planned} planned answers none counts`;
  }
  const [low, high] = [bounds?.low ?? null, bounds?.high ?? null].map((each) =>
    points(each, decimals),
  );
  return lang === "zh"
    ? `计划 ${planned} 次作答，缺 ${missing} 次（${percent(share)}）；缺的全按错算得 ${low} 分，全按对算得 ${high} 分`
    : `${missing} of ${planned} planned answers are missing (${percent(share)}); the score is ${low} if all of them are wrong and ${high} if all are right`;
}

export const zeroReasonWords: Readonly<Record<ZeroReason, Text>> = {
  cut_thinking: { zh: "思考时被截断", en: "cut while thinking" },
  cut_answer: { zh: "作答时被截断", en: "cut in the answer" },
  empty: { zh: "空回复", en: "empty" },
  reasoning_only: { zh: "只在思考里作答", en: "answered in the reasoning only" },
  refused: { zh: "拒绝作答", en: "refused" },
  no_answer: { zh: "没读出答案", en: "no answer found" },
  filtered: { zh: "被内容过滤", en: "filtered" },
  overflow: { zh: "超出上下文", en: "context overflow" },
};

const advice: Readonly<Record<ZeroReason, Text>> = {
  cut_thinking: {
    zh: "把 max_tokens 调大，或者关掉思考、调低思考预算",
    en: "raise max_tokens, or turn thinking off or its budget down",
  },
  cut_answer: {
    zh: "把 max_tokens 调大，或者让提示词要求更短的回答",
    en: "raise max_tokens, or ask for shorter answers",
  },
  empty: {
    zh: "用 baimo ping 看接口返回了什么；经网关调用的，先直连厂商试一次",
    en: "see with baimo ping what the endpoint returns; behind a gateway, try the vendor directly first",
  },
  reasoning_only: {
    zh: "正文是空的，先核对接口把正文放在哪个字段，或者关掉思考再跑",
    en: "check in which field the endpoint puts the answer, or run with thinking off",
  },
  refused: {
    zh: "用 baimo review 运行文件 --wrong 读几条原文，题目若不该拒答就换提示词再试，或者如实写进结论",
    en: "read some of them with baimo review RUN --wrong; where nothing is to be refused, try another prompt, or report it as it is",
  },
  no_answer: {
    zh: "用 baimo review 运行文件 --wrong 读几条原文，提示词若没说清答案格式就补上，评分器若漏读就在那里改判",
    en: "read some of them with baimo review RUN --wrong; state the answer's format in the prompt, or rule there where the grader missed it",
  },
  filtered: {
    zh: "这是厂商的内容审核拦的，可以申请放宽，或者如实写进结论",
    en: "that was the vendor's content filter; ask the vendor to relax it, or report it as it is",
  },
  overflow: {
    zh: "换上下文更长的型号，或者缩短材料",
    en: "use a model with a longer context, or shorten the material",
  },
};

/** A simulator that answers prompts of no suite says in each answer that it knows no other. */
function unrecognisedLines(targets: readonly Remarked[], lang: Lang): readonly string[] {
  const lines = targets.flatMap(({ name, unrecognised = 0 }) =>
    unrecognised === 0
      ? []
      : [
          lang === "zh"
            ? `${name}：模拟器不认得其中 ${unrecognised} 题，没有作答，得分不作数`
            : `${name}: the simulator does not know ${unrecognised} of these items and did not answer them: the score means nothing`,
        ],
  );
  if (lines.length === 0) return [];
  return [
    ...lines,
    lang === "zh"
      ? "→ 模拟器没有读到这些题所在的题集：启动 sim 时不写 --any-prompt，并用 --suites 指明题集，再跑一次"
      : "→ The simulator has not read the suites of these items: start sim without --any-prompt and with --suites for them, and run again",
  ];
}

/** Per target why answers count 0, and once per reason what to do about it. */
function zeroLines(targets: readonly Remarked[], lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const seen = new Set<ZeroReason>();
  const lines = targets.flatMap(({ name, counted, zero_reasons }) => {
    const here = zeroReasons.filter((reason) => zero_reasons[reason] > 0);
    if (here.length === 0) return [];
    for (const reason of here) seen.add(reason);
    const list = here
      .map((reason) => `${zeroReasonWords[reason][lang]} ${zero_reasons[reason]}`)
      .join(zh ? "、" : ", ");
    return [
      zh
        ? `${name}：计分的 ${counted} 次作答里，记 0 分而不是答错的：${list}`
        : `${name}: of ${counted} counted answers these count 0 without being wrong: ${list}`,
    ];
  });
  const todo = zeroReasons
    .filter((reason) => seen.has(reason))
    .map((reason) =>
      zh
        ? `→ ${zeroReasonWords[reason].zh}：${advice[reason].zh}`
        : `→ ${zeroReasonWords[reason].en}: ${advice[reason].en}`,
    );
  return [...lines, ...todo];
}

const doubtWords: Readonly<Record<UsageDoubt, Text>> = {
  invalid: { zh: "不是合理的非负整数", en: "no plausible whole numbers" },
  zero: { zh: "有回答却报 0", en: "0 beside an answer" },
  reasoning: { zh: "思考 tokens 多于输出 tokens", en: "more reasoning than output tokens" },
  few: { zh: "输出 tokens 远少于文字", en: "far fewer output tokens than text" },
  cached: { zh: "缓存 tokens 多于输入 tokens", en: "more cached than input tokens" },
  increments: { zh: "逐段计数，不是累计", en: "counted by event, not in all" },
  prompt: { zh: "输入 tokens 远少于提示词", en: "far fewer input tokens than the prompt has" },
};

/** `有回答却报 0 ×3、…`: how often which counts cannot be true. */
export function doubtText({ usage_doubt }: Pick<Summary, "usage_doubt">, lang: Lang): string {
  return usageDoubts
    .flatMap((kind) => {
      const times = usage_doubt?.kinds[kind] ?? 0;
      return times === 0 ? [] : [`${doubtWords[kind][lang]} ×${times}`];
    })
    .join(lang === "zh" ? "、" : ", ");
}

function usageLine({ name, usage_doubt, cost }: Remarked, lang: Lang): readonly string[] {
  if (usage_doubt === null) return [];
  const why = doubtText({ usage_doubt }, lang);
  const money =
    cost === null
      ? { zh: "费用按未知处理", en: "its cost counts as unknown" }
      : { zh: "费用只是下限", en: "its cost is a lower bound" };
  return [
    lang === "zh"
      ? `${name}：用量不可信（${why}），${money.zh}`
      : `${name}: usage cannot be believed (${why}); ${money.en}`,
  ];
}
