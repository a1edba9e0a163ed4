import type { Slo } from "../../domain/load/lines.ts";
import type { Text } from "../../domain/text.ts";

import { durationMs } from "../../domain/config.ts";
import {
  amount,
  choice,
  flag,
  number,
  type Option,
  parsed,
  points,
  refused,
  text,
  type OptionsOf,
} from "../options.ts";
import { readShard, shared } from "../shared-options.ts";

/** A length of time such as 500ms, 60s, 5m. */
const duration = <D extends number | null>(help: Text, absent: D): Option<number | D> =>
  parsed(help, (given, named) => timeOf(given, named), absent);

function timeOf(given: string, named: string): number {
  const ms = /^\d+(?:\.\d+)?(?:ms|s|m|h)$/.test(given) ? durationMs(given) : Number.NaN;
  if (Number.isFinite(ms)) return ms;
  throw refused(
    named,
    { zh: "应是时长，例如 60s、5m", en: "must be a length of time, such as 60s or 5m" },
    given,
  );
}

const levels = (help: Text, whole: boolean): Option<readonly number[] | null> =>
  parsed(
    help,
    (given, named) =>
      given.split(/[,，、]/).map((each) => {
        const level = /^\d+(?:\.\d+)?$/.test(each.trim()) ? Number(each) : Number.NaN;
        if (level > 0 && (!whole || Number.isInteger(level))) return level;
        throw refused(
          named,
          {
            zh: "应是逗号分隔的正数，例如 1,2,5,10",
            en: "must be positive numbers by commas, such as 1,2,5,10",
          },
          given,
        );
      }),
    null,
  );

/** Such as `10:30` or `10:30:05`, today or tomorrow, or a whole ISO date and time. */
function startOf(given: string, named: string): Date {
  const [, hour, minute, second = "0"] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(given) ?? [];
  const at = hour === undefined ? new Date(given) : new Date();
  if (hour !== undefined) at.setHours(Number(hour), Number(minute), Number(second), 0);
  if (hour !== undefined && at.getTime() < Date.now()) at.setDate(at.getDate() + 1);
  if (Number.isFinite(at.getTime()) && (hour === undefined || Number(hour) < 24)) return at;
  throw refused(
    named,
    {
      zh: "应是时刻，例如 10:30 或 2026-12-01T10:30:00+08:00",
      en: "must be a time, such as 10:30 or 2026-12-01T10:30:00+08:00",
    },
    given,
  );
}

const noSlo: Slo = { ttft_ms: null, total_ms: null, speed: null };

/** Such as `ttft=2s,speed=20,total=30s`. */
function sloOf(given: string, named: string): Slo {
  const parts = given.split(/[,，]/).map((part) => part.split("=").map((side) => side.trim()));
  const slo: { -readonly [Name in keyof Slo]: Slo[Name] } = { ...noSlo };
  for (const [name, value = ""] of parts) {
    const speed = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : 0;
    if (value === "") throw refused(named, sloExpected, given);
    if (name === "ttft") slo.ttft_ms = timeOf(value, named);
    else if (name === "total") slo.total_ms = timeOf(value, named);
    else if (name === "speed" && speed > 0) slo.speed = speed;
    else throw refused(named, sloExpected, given);
  }
  return slo;
}

const sloExpected = {
  zh: "应写成 ttft=2s,speed=20,total=30s 中的几项",
  en: "must be some of ttft=2s,speed=20,total=30s",
};

const share = { least: 0, most: 100 };

export const loadOptions = {
  model: shared.model,
  config: shared.config,
  rate: levels(
    {
      zh: "每秒到达几次，逗号分隔，逐级试（开环）",
      en: "arrivals a second, by commas, step by step (open loop)",
    },
    false,
  ),
  concurrency: levels(
    {
      zh: "同时几路，逗号分隔，逐级试（闭环）",
      en: "requests at once, by commas, step by step (closed loop)",
    },
    true,
  ),
  profile: text({
    zh: "chat（默认）、rag、long、code，或提示词文件（JSONL、TXT）",
    en: "chat (default), rag, long, code, or a file of prompts (JSONL, TXT)",
  }),
  suite: text({ zh: "用题集的提示词", en: "the prompts of a suite" }),
  duration: duration(
    { zh: "每步测多久，默认 60s", en: "how long a step is measured (default 60s)" },
    60_000,
  ),
  warmup: duration(
    { zh: "每步先热身多久，不计入，默认 10s", en: "warm-up of a step, not counted (default 10s)" },
    10_000,
  ),
  ramp: duration(
    {
      zh: "热身前用多久逐渐加到该级，默认 0s",
      en: "time in which a step's load grows, before its warm-up (default 0s)",
    },
    0,
  ),
  cooldown: duration(
    {
      zh: "测完后最多再保持负载多久，让最后的请求受同样的压力，默认 30s",
      en: "how long the load may go on until what was measured has ended (default 30s)",
    },
    30_000,
  ),
  arrivals: choice(
    { zh: "到达过程：poisson（默认）、constant", en: "arrivals: poisson (default), constant" },
    ["poisson", "constant"],
    "poisson",
  ),
  slo: parsed(
    {
      zh: "达标条件，默认 ttft=2s；如 ttft=2s,speed=20,total=30s",
      en: "what counts as good (default ttft=2s); such as ttft=2s,speed=20,total=30s",
    },
    sloOf,
    { ...noSlo, ttft_ms: 2_000 },
  ),
  good: points(
    {
      zh: "拐点处至少百分之几达标，默认 95",
      en: "per cent that must be good at the knee (default 95)",
    },
    share,
    0.95,
  ),
  requests: number(
    {
      zh: "找拐点时每个目标最多发几次，默认 20000",
      en: "most requests to a target in a search for the knee (default 20000)",
    },
    { whole: true, least: 100 },
    null,
  ),
  maxTime: duration(
    { zh: "找拐点最多用多久，默认 30m", en: "longest search for the knee (default 30m)" },
    null,
  ),
  startRate: number(
    {
      zh: "找拐点从每秒几次开始，默认先单独问几次再定",
      en: "first rate of a search (default: found out by a few single requests)",
    },
    { least: 0.001 },
    null,
  ),
  maxRate: number(
    { zh: "找拐点时每秒最多几次", en: "highest rate of a search" },
    { least: 0.001 },
    null,
  ),
  quick: flag({
    zh: "粗测，每个目标约一分钟、最多 4000 次请求，适合自己的服务器",
    en: "a rough measure of about a minute and at most 4000 requests for each target, for a server of one's own",
  }),
  turns: number(
    { zh: "每个会话几轮，默认 1", en: "turns of a session (default 1)" },
    { whole: true, least: 1, most: 100 },
    1,
  ),
  think: duration(
    {
      zh: "用户在两问之间想多久，默认 0s；换算人数时按 30 秒",
      en: "pause of a user between questions (default 0s; people are counted by 30 s)",
    },
    0,
  ),
  cached: flag({ zh: "提示词重复，可以命中缓存", en: "prompts repeat and may come from a cache" }),
  respectLimits: flag({ zh: "遵守通道自己的并发与速率限额", en: "keep to the lanes' own limits" }),
  order: choice(
    {
      zh: "几个目标：by-turns 轮流（默认）、at-once 同时",
      en: "several targets: by-turns (default) or at-once",
    },
    ["by-turns", "at-once"],
    "by-turns",
  ),
  threads: number(
    {
      zh: "用几个线程发送，默认按并发数定",
      en: "threads that send (default: by the number at once)",
    },
    { whole: true, least: 1, most: 64 },
    null,
  ),
  shard: parsed(
    {
      zh: "只发 n 份中的第 k 份，如 2/3，同时在几台机器上跑；用 baimo merge 合并",
      en: "send part k of n alone, such as 2/3, from several machines at once; baimo merge puts them together",
    },
    readShard,
    null,
  ),
  at: parsed(
    {
      zh: "到这个时刻才开始，如 10:30，各份因此同时开始",
      en: "begin at this time, such as 10:30, so that shards begin together",
    },
    startOf,
    null,
  ),
  hourly: amount({
    zh: "机器每小时多少钱，如 12.5CNY：算出每百万字的成本",
    en: "what the machine costs an hour, such as 12.5CNY: gives the cost of a million characters",
  }),
  maxCost: amount({ zh: "最多花多少钱，如 20CNY", en: "most money, such as 20CNY" }),
  maxTokensTotal: number(
    { zh: "最多用多少 token", en: "most tokens" },
    { whole: true, least: 1 },
    null,
  ),
  allowUnknownPrice: flag({
    zh: "有金额上限时，也问价格未知的目标",
    en: "with a cap on money, ask targets of unknown price all the same",
  }),
  maxErrors: points(
    {
      zh: "失败（429 除外）超过百分之几就停，默认 50",
      en: "per cent of failures, 429 aside, at which it stops (default 50)",
    },
    share,
    0.5,
  ),
  yes: flag({
    zh: "不再询问，直接对外部服务加压",
    en: "do not ask before load is put on a host elsewhere",
  }),
  seed: number(
    { zh: "随机种子，默认 7", en: "random seed (default 7)" },
    { whole: true, least: 0 },
    7,
  ),
  viaSim: shared.viaSim,
  force: shared.forceRetired,
  format: choice(
    { zh: "table（默认）、json、csv、md", en: "table (default), json, csv, md" },
    ["table", "json", "csv", "md"],
    "table",
  ),
  out: shared.out,
  report: text({ zh: "另写一个网页，含曲线", en: "also write a page with the curves" }),
  plain: flag({ zh: "不用实时画面，只逐步打印", en: "no live screen, a line for each step" }),
};
export type LoadOptions = OptionsOf<typeof loadOptions>;
