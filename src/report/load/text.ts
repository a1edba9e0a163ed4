import type { LoadPlan, LoadStep, Slo } from "../../domain/load/lines.ts";
import type { Bounded, LoadSummary, StepFigures } from "../../domain/load/summary.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";

import { mostLate } from "../../engine/load/search.ts";
import { count, fixed, money, percent, seconds, targetName } from "../render/format.ts";

type TargetSummary = LoadSummary["targets"][number];

/** The one sentence that a load is for, of each target. */
export function loadSentence(target: TargetSummary, plan: LoadPlan, lang: Lang): string {
  const name = targetName(target.target, target.simulated, lang);
  const { knee } = target;
  const { state, rate, in_flight } = knee;
  const goal = goalText(plan, lang);
  const perMinute = number((rate ?? 0) * 60);
  const users = number((rate ?? 0) * thinkSeconds(plan));
  const think = number(thinkSeconds(plan));
  const streams = in_flight === null ? "—" : number(in_flight);
  const cost = target.cost_per_million_chars;
  const price =
    cost === null
      ? ""
      : {
          zh: `；按机器每小时的价钱，每百万字约 ${money(cost, lang)}`,
          en: `; at the machine's hourly price ${money(cost, lang)} per million characters`,
        }[lang];
  const bounds =
    knee.low === null || knee.high === null
      ? ""
      : {
          zh: `（95% 区间每分钟 ${number(knee.low * 60)}–${number(knee.high * 60)} 次）`,
          en: ` (95% interval ${number(knee.low * 60)}–${number(knee.high * 60)} a minute)`,
        }[lang];
  const texts: Readonly<Record<typeof state, Text>> = {
    found: {
      zh: `${name}：在${goal}的条件下，约能承受 ${streams} 路并发，相当于每分钟 ${perMinute} 次${bounds}（按每人 ${think} 秒思考时间约 ${users} 人）${price}。`,
      en: `${name}: with ${goal}, it bears about ${streams} requests at once, ${perMinute} a minute${bounds} (some ${users} people who think for ${think} s)${price}.`,
    },
    undetermined: {
      zh: `${name}：在${goal}的条件下能承受多少，未定：估计每分钟 ${perMinute} 次左右${bounds}，要更准请增加 --requests 或 --duration${price}。`,
      en: `${name}: how much it bears with ${goal} is undetermined: some ${perMinute} a minute${bounds}; more --requests or --duration would tell${price}.`,
    },
    above: {
      zh: `${name}：试到每分钟 ${perMinute} 次（${streams} 路并发），仍满足${goal}；上限还没有测到${endOf(target, plan).zh}${price}。`,
      en: `${name}: up to ${perMinute} a minute (${streams} at once) it keeps ${goal}; its limit was not reached${endOf(target, plan).en}${price}.`,
    },
    below: {
      zh: `${name}：最低试到每分钟 ${perMinute} 次，也不满足${goal}。`,
      en: `${name}: even at ${perMinute} a minute, the least that was tried, it does not keep ${goal}.`,
    },
    none: {
      zh: `${name}：${closedText(target.steps, lang)}`,
      en: `${name}: ${closedText(target.steps, lang)}`,
    },
  };
  return texts[state][lang];
}

/** Why a search went no higher though every step that counts kept the SLO; empty where the levels were given. */
function endOf({ steps }: TargetSummary, { mode }: LoadPlan): Text {
  if (mode !== "search") return { zh: "", en: "" };
  const last = steps.toSorted((a, b) => a.step - b.step).slice(-mostLate);
  return last.length === mostLate && last.every(({ trusted }) => !trusted)
    ? {
        zh: `（连着 ${mostLate} 步本机太慢，没有再往上试）`,
        en: ` (this machine was late in ${mostLate} steps in a row, so it tried no higher)`,
      }
    : {
        zh: "（再往上试会超出次数、时间或速率的限度：放宽 --requests、--max-time 或 --max-rate）",
        en: " (a higher step would go beyond the requests, the time or the rate allowed: raise --requests, --max-time or --max-rate)",
      };
}

/** What is said where no knee was asked for. */
function closedText(steps: readonly StepFigures[], lang: Lang): string {
  const best = steps
    .filter(({ trusted }) => trusted)
    .toSorted((a, b) => (b.requests_per_s ?? 0) - (a.requests_per_s ?? 0))[0];
  if (best === undefined)
    return { zh: "没有测到可信的数据。", en: "nothing that can be trusted was measured." }[lang];
  const rate = number((best.requests_per_s ?? 0) * 60);
  const level = number(best.level);
  return best.loop === "closed"
    ? {
        zh: `${level} 路同时请求时完成最多，每分钟 ${rate} 次，首字中位数 ${seconds(best.ttft_ms.p50?.value ?? null)} 秒。`,
        en: `it does most with ${level} at once, ${rate} a minute, with a median TTFT of ${seconds(best.ttft_ms.p50?.value ?? null)} s.`,
      }[lang]
    : {
        zh: `每秒 ${level} 次时完成最多，每分钟 ${rate} 次。`,
        en: `it does most at ${level} a second, ${rate} a minute.`,
      }[lang];
}

/** Such as: 95% 请求首字 2 秒内. */
function goalText({ slo, good_share }: LoadPlan, lang: Lang): string {
  return `${percent(good_share)}${{ zh: "请求", en: " of requests " }[lang]}${sloText(slo, lang)}`;
}

function sloText({ ttft_ms, total_ms, speed }: Slo, lang: Lang): string {
  const parts = [
    ...(ttft_ms === null
      ? []
      : [
          {
            zh: `首字 ${number(ttft_ms / 1_000)} 秒内`,
            en: `with the first token within ${number(ttft_ms / 1_000)} s`,
          },
        ]),
    ...(total_ms === null
      ? []
      : [
          {
            zh: `全文 ${number(total_ms / 1_000)} 秒内`,
            en: `whole within ${number(total_ms / 1_000)} s`,
          },
        ]),
    ...(speed === null
      ? []
      : [
          {
            zh: `每秒至少 ${number(speed)} 字`,
            en: `at ${number(speed)} characters a second or more`,
          },
        ]),
  ];
  return parts.map((part) => part[lang]).join(lang === "zh" ? "、" : ", ");
}

/** Of a user between an answer and the next question; without sessions that say so, half a minute. */
const thinkSeconds = ({ profile }: LoadPlan): number =>
  profile.think_ms > 0 ? profile.think_ms / 1_000 : 30;

/** A number with the digits that matter. */
const number = (value: number): string =>
  value >= 100
    ? count(Math.round(value), "en")
    : fixed(value, value >= 10 ? 0 : value >= 1 ? 1 : 2).replace(/\.0+$/, "");

/** One row for each step. */
export function loadTable(targets: LoadSummary["targets"], lang: Lang): Table {
  const several = targets.length > 1;
  const right = "right" as const;
  const titles = columnTitles.map((each) => ({ title: each[lang], align: right, drop: each.drop }));
  const columns = [
    ...(several ? [{ title: { zh: "目标", en: "Target" }[lang], shrink: 12 }] : []),
    ...titles,
  ];
  const rows = targets.flatMap((target) =>
    target.steps
      .toSorted((a, b) => (a.loop === b.loop ? a.level - b.level : a.loop < b.loop ? -1 : 1))
      .map((step) => [
        ...(several ? [targetName(target.target, target.simulated, lang)] : []),
        levelText(step, lang),
        String(step.arrivals),
        String(step.done),
        boundedPercent(step.goodput),
        percent(step.rate_limited_share),
        bounded(step.ttft_ms.p50),
        bounded(step.ttft_ms.p90),
        bounded(step.ttft_ms.p99),
        bounded(step.total_ms.p50),
        bounded(step.total_ms.p99),
        step.speed.p50 === null ? "—" : number(step.speed.p50.value),
        step.chars_per_s === null ? "—" : number(step.chars_per_s),
        step.tokens_per_s === null ? "—" : number(step.tokens_per_s),
        step.in_flight === null ? "—" : number(step.in_flight),
        step.send_lag_p99_ms === null ? "—" : fixed(step.send_lag_p99_ms, 1),
        markText(step, isRepeated(step, target.steps), lang),
      ]),
  );
  return { columns, rows };
}

const columnTitles = [
  { zh: "负载", en: "Load", drop: 0 },
  { zh: "到达", en: "Arrivals", drop: 7 },
  { zh: "完成", en: "Done", drop: 6 },
  { zh: "达标", en: "Good", drop: 0 },
  { zh: "429", en: "429", drop: 5 },
  { zh: "首字 p50 秒", en: "TTFT p50 s", drop: 1 },
  { zh: "p90", en: "p90", drop: 3 },
  { zh: "p99", en: "p99", drop: 1 },
  { zh: "全文 p50 秒", en: "Total p50 s", drop: 4 },
  { zh: "p99", en: "p99", drop: 6 },
  { zh: "字/秒", en: "chars/s", drop: 5 },
  { zh: "合计字/秒", en: "All chars/s", drop: 4 },
  { zh: "token/秒", en: "tokens/s", drop: 8 },
  { zh: "在途", en: "In flight", drop: 3 },
  { zh: "发送迟 p99 毫秒", en: "Send lag p99 ms", drop: 7 },
  { zh: "备注", en: "Note", drop: 2 },
] as const;

export const levelText = (
  { loop, level }: Pick<StepFigures, "loop" | "level">,
  lang: Lang,
): string =>
  loop === "open"
    ? { zh: `${number(level)} 次/秒`, en: `${number(level)}/s` }[lang]
    : { zh: `${number(level)} 路`, en: `${number(level)} at once` }[lang];

/** That this machine was late in a step, and by which of its two figures; empty where its times are trusted. */
export function lateText({ self_check }: Pick<LoadStep, "self_check">, lang: Lang): string {
  const { trusted, send_lag_p99_ms: lag, allowed_ms, lagged_share } = self_check;
  if (trusted) return "";
  const allowed = fixed(allowed_ms, 1);
  const why: Text =
    lag !== null && lag > allowed_ms
      ? {
          zh: `发送迟超过容许的 ${allowed} 毫秒`,
          en: `it sent later than the ${allowed} ms allowed`,
        }
      : {
          zh: `${percent(lagged_share, 0)} 的请求赶上本机过忙`,
          en: `it was busy during ${percent(lagged_share, 0)} of the requests`,
        };
  return {
    zh: `  本机太慢，不可信：${why.zh}`,
    en: `  this machine was late, not trusted: ${why.en}`,
  }[lang];
}

const bounded = (value: Bounded | null): string =>
  value === null ? "—" : `${seconds(value.value)} [${seconds(value.low)}, ${seconds(value.high)}]`;

const boundedPercent = (value: Bounded | null): string =>
  value === null ? "—" : `${percent(value.value)} [${percent(value.low)}, ${percent(value.high)}]`;

/** Whether an earlier step of the target had the same load. */
const isRepeated = (step: StepFigures, steps: readonly StepFigures[]): boolean =>
  steps.some((each) => each.step < step.step && levelText(each, "en") === levelText(step, "en"));

function markText({ trusted, cut }: StepFigures, isAgain: boolean, lang: Lang): string {
  const marks = [
    ...(isAgain ? [{ zh: "重测", en: "measured again" }] : []),
    ...(trusted ? [] : [{ zh: "本机太慢，不可信", en: "this machine was late: not trusted" }]),
    ...(cut ? [{ zh: "提前结束", en: "cut short" }] : []),
  ];
  return marks.map((mark) => mark[lang]).join(lang === "zh" ? "；" : "; ");
}

/** Whether its own delays and its own stopping bear on what the table says. */
export function loadNotes({ targets }: LoadSummary, plan: LoadPlan, lang: Lang): readonly string[] {
  const steps = targets.flatMap((target) => target.steps);
  const late = steps.filter(({ trusted }) => !trusted).length;
  const isClosed = steps.some(({ loop }) => loop === "closed") && plan.mode === "concurrency";
  const { shard } = plan;
  return [
    ...(shard === undefined
      ? []
      : [
          {
            zh: `这是 ${shard.of} 份中的第 ${shard.index} 份，到达数只是这一份的；整体要用 baimo merge 合并后再看。`,
            en: `This is part ${shard.index} of ${shard.of} with its own arrivals alone; baimo merge puts the whole together.`,
          },
        ]),
    ...(late === 0
      ? []
      : [
          {
            zh: `${late} 步里本机自己太慢（请求发得比计划迟，或 2% 以上的请求赶上本机过忙），已标出，不用于拐点：关掉别的程序，或加 --threads。`,
            en: `In ${late} steps this machine itself was late (requests left after their time, or more than 2% of them met it busy); they are marked and not used for the knee: close other programs, or add --threads.`,
          },
        ]),
    ...(isClosed
      ? [
          {
            zh: "固定并发只在上一次答完后才再问：服务卡住时，它少问几次，延迟因此偏低。要知道用户等多久，用 --rate。",
            en: "A fixed number at once asks again only after an answer: while a server stalls it asks less, and tells too little. --rate tells how long users wait.",
          },
        ]
      : []),
  ].map((note) => note[lang]);
}
