import type { MetAs } from "../../domain/nights/meeting.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { DayKind, SlowHours } from "../../stats/hours/slow-hours.ts";
import type { ServiceOutage } from "./outages.ts";
import type { TargetSteadiness } from "./steadiness.ts";

import { clean, fixed, signed } from "../render/format.ts";
import { lengthOf } from "./outages.ts";
import { dateOfDay, momentOf } from "./period.ts";

/** Something that a user of a target would have noticed. */
export type SteadinessEvent = {
  readonly kind: "outage" | "change" | "slow hours" | "model" | "spell" | "weekday" | "step";
  /** The first day, for what has one. */
  readonly date: string | null;
  readonly text: Text;
  /** Larger is worse, among events of one kind. */
  readonly weight: number;
};

/** Where the ends of an outage are known no better than this, in windows, they are told. */
const sharpEnd = 2;

/** How attempts ended, for people. */
export const meetingWords: Readonly<Record<MetAs, Text>> = {
  answered: { zh: "有回答", en: "answered" },
  throttled: { zh: "限流 (429)", en: "throttled (429)" },
  busy: { zh: "过载", en: "overloaded" },
  server: { zh: "服务器出错", en: "server error" },
  maintenance: { zh: "维护", en: "maintenance" },
  timeout: { zh: "超时", en: "timed out" },
  network: { zh: "连不上", en: "no connection" },
  malformed: { zh: "回复格式有误", en: "malformed" },
  empty: { zh: "空回复", en: "empty reply" },
  refused: { zh: "密钥、账户或请求被拒", en: "key, account or request refused" },
};

const outageWords: Readonly<Partial<Record<MetAs, Text>>> = {
  throttled: { zh: "被限流", en: "throttled" },
  busy: { zh: "过载", en: "overloaded" },
  maintenance: { zh: "维护", en: "under maintenance" },
  empty: { zh: "只有空回复", en: "nothing but empty replies" },
};

/** All that can be named of a target, the worst of each kind first, then the others. */
export function eventsOf(target: TargetSteadiness): readonly SteadinessEvent[] {
  const all = [
    ...target.outages.map(outageEvent),
    ...target.news.changes.map(changeEvent),
    ...target.slow_hours.map((slow) => slowEvent(slow, timeWords(target))),
    ...target.news.models.map(modelEvent),
    ...target.slow_spells.map((spell) => spellEvent(spell, timeWords(target))),
    ...target.slow_weekdays.map((slow) => weekdayEvent(slow, timeWords(target))),
    ...target.steps
      .filter(({ ratio }) => ratio > 1)
      .map((step) => stepEvent(step, timeWords(target))),
  ];
  const byKind = [...Map.groupBy(all, ({ kind }) => kind).values()].map((own) =>
    own.toSorted((a, b) => b.weight - a.weight),
  );
  return [
    ...byKind.flatMap(([worst]) => worst ?? []),
    ...byKind.flatMap(([, ...others]) => others),
  ];
}

const timeWords = ({ timed }: TargetSteadiness): Text =>
  timed === "first_token" ? { zh: "首字延迟", en: "TTFT" } : { zh: "整答耗时", en: "total time" };

function outageEvent(outage: ServiceOutage): SteadinessEvent {
  const { from, to, kind } = outage;
  const what = outageWords[kind] ?? { zh: "中断", en: "down" };
  const [start, end] = [momentOf(from), momentOf(to)];
  const zh = spanText(start, end, "zh");
  const en = spanText(start, end, "en");
  return {
    kind: "outage",
    date: start.date,
    weight: lengthOf(outage),
    text:
      isStartSharp(outage) && isEndSharp(outage)
        ? { zh: `${zh} ${what.zh}`, en: `${what.en} on ${en}` }
        : {
            zh: `${zh} 探测时${what.zh}（${boundsText(outage, "zh")}）`,
            en: `${what.en} when probed on ${en} (${boundsText(outage, "en")})`,
          },
  };
}

type Instant = { readonly date: string; readonly clock: string };

function spanText(start: Instant, end: Instant, lang: Lang): string {
  const day = dayText(start.date, lang);
  if (start.date === end.date) return `${day} ${start.clock}–${end.clock}`;
  const join = lang === "zh" ? " 至 " : " to ";
  return `${day} ${start.clock}${join}${dayText(end.date, lang)} ${end.clock}`;
}

/** What the windows around it tell of the ends that are not known to within minutes. */
function boundsText(outage: ServiceOutage, lang: Lang): string {
  const { from, worked_until, works_from } = outage;
  const { date } = momentOf(from);
  const shown = (window: number): string => {
    const { date: own, clock } = momentOf(window);
    return own === date ? clock : `${dayText(own, lang)} ${clock}`;
  };
  const zh = lang === "zh";
  const began =
    worked_until === null
      ? { zh: "此前没有探测", en: "not probed before" }
      : {
          zh: `${shown(worked_until)} 以后开始`,
          en: `began after ${shown(worked_until)}`,
        };
  const ended =
    works_from === null
      ? { zh: "此后没有探测", en: "not probed since" }
      : { zh: `${shown(works_from)} 以前恢复`, en: `over by ${shown(works_from)}` };
  return [
    ...(isStartSharp(outage) ? [] : [began[lang]]),
    ...(isEndSharp(outage) ? [] : [ended[lang]]),
  ].join(zh ? "，" : ", ");
}

const isStartSharp = ({ from, worked_until }: ServiceOutage): boolean =>
  worked_until !== null && from - worked_until <= sharpEnd;

const isEndSharp = ({ to, works_from }: ServiceOutage): boolean =>
  works_from !== null && works_from - to <= sharpEnd;

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** 11 月 14 日 of 2026-11-14. */
export function dayText(date: string, lang: Lang): string {
  const [, month = 0, day = 0] = date.split("-").map(Number);
  return lang === "zh" ? `${month} 月 ${day} 日` : `${day} ${months[month - 1] ?? ""}`;
}

const hoursText = (from: number, to: number, lang: Lang): string => {
  const end = to > 24 ? to - 24 : to;
  return lang === "zh"
    ? `${from}–${to > 24 ? "次日 " : ""}${end} 时`
    : `${clockText(from)}–${clockText(end)}`;
};

const clockText = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;

const kindWords: Readonly<Record<DayKind, Text>> = {
  every: { zh: "每天", en: "every day" },
  workdays: { zh: "每个工作日", en: "on every workday" },
  weekends: { zh: "每个周末", en: "on every weekend day" },
};
const mostWords: Readonly<Record<DayKind, Text>> = {
  every: { zh: "多数日子的", en: "on most days" },
  workdays: { zh: "多数工作日", en: "on most workdays" },
  weekends: { zh: "多数周末", en: "on most weekend days" },
};

function slowEvent(slow: SlowHours, time: Text): SteadinessEvent {
  const { days, from, to, ratio, seen, slower } = slow;
  const when = (slower === seen ? kindWords : mostWords)[days];
  const times = fixed(ratio, 1);
  return {
    kind: "slow hours",
    date: null,
    weight: Math.log(ratio) * (to - from),
    text: {
      zh: `${when.zh} ${hoursText(from, to, "zh")}${time.zh}为其他时段的 ${times} 倍`,
      en: `${time.en} ${times} times that of other hours at ${hoursText(from, to, "en")} ${when.en}`,
    },
  };
}

function spellEvent(
  { day, from, to, ratio }: TargetSteadiness["slow_spells"][number],
  time: Text,
): SteadinessEvent {
  const date = dateOfDay(day);
  const times = fixed(ratio, 1);
  return {
    kind: "spell",
    date,
    weight: Math.log(ratio) * (to - from),
    text: {
      zh: `${dayText(date, "zh")} ${hoursText(from, to, "zh")}${time.zh}为平时的 ${times} 倍`,
      en: `${time.en} ${times} times the usual on ${dayText(date, "en")} at ${hoursText(from, to, "en")}`,
    },
  };
}

const weekdayWords: readonly Text[] = [
  { zh: "周一", en: "Monday" },
  { zh: "周二", en: "Tuesday" },
  { zh: "周三", en: "Wednesday" },
  { zh: "周四", en: "Thursday" },
  { zh: "周五", en: "Friday" },
  { zh: "周六", en: "Saturday" },
  { zh: "周日", en: "Sunday" },
];

function weekdayEvent(
  { weekday, ratio }: TargetSteadiness["slow_weekdays"][number],
  time: Text,
): SteadinessEvent {
  const day = weekdayWords[weekday] ?? { zh: "", en: "" };
  const times = fixed(ratio, 1);
  return {
    kind: "weekday",
    date: null,
    weight: Math.log(ratio),
    text: {
      zh: `${day.zh}${time.zh}为其他日子的 ${times} 倍`,
      en: `${time.en} ${times} times that of other days on ${day.en}s`,
    },
  };
}

function changeEvent({
  date,
  delta,
  confirmed,
}: TargetSteadiness["news"]["changes"][number]): SteadinessEvent {
  const certain = confirmed
    ? { zh: "", en: "" }
    : { zh: "（未复测）", en: " (not measured again)" };
  return {
    kind: "change",
    date,
    // A rise is told, behind all falls.
    weight: -delta,
    text: {
      zh: `${dayText(date, "zh")}起锚题 ${signed(delta)} 分${certain.zh}`,
      en: `anchors ${signed(delta)} points from ${dayText(date, "en")}${certain.en}`,
    },
  };
}

function modelEvent({
  date,
  before,
  after,
}: TargetSteadiness["news"]["models"][number]): SteadinessEvent {
  const names = (list: readonly string[]): string => list.map((each) => clean(each, 80)).join(", ");
  const change = `${names(before)} → ${names(after)}`;
  return {
    kind: "model",
    date,
    weight: 0,
    text: {
      zh: `${dayText(date, "zh")}返回的模型名变了（${change}）`,
      en: `another model name from ${dayText(date, "en")} (${change})`,
    },
  };
}

function stepEvent({ day, ratio }: TargetSteadiness["steps"][number], time: Text): SteadinessEvent {
  const date = dateOfDay(day);
  const times = fixed(ratio, 1);
  return {
    kind: "step",
    date,
    weight: ratio,
    text: {
      zh: `${dayText(date, "zh")}起${time.zh}为之前的 ${times} 倍`,
      en: `${time.en} ${times} times as long from ${dayText(date, "en")}`,
    },
  };
}
