import type { BatchLine } from "../../domain/run-file/batch.ts";
import type { LiveEvent, RunEvent } from "../../domain/run-file/event.ts";
import type { Lang, Text } from "../../domain/text.ts";
import type { LiveView } from "../view/live/sums.ts";
import type { Failure } from "../view/model.ts";

import { isFailed, isGraded, stopsTarget } from "../../domain/outcome.ts";
import { colon } from "../../domain/text.ts";
import { redact } from "../../text/secrets/redact.ts";
import { clean, duration, fixed, percent, seconds } from "../render/format.ts";
import { outcomeWords } from "../render/words.ts";
import { doneOf, quantileOf } from "../view/totals.ts";
import { createRepeats } from "./repeats.ts";
import { causeOf, type StoppedNow, stoppedLine } from "./stopped-text.ts";

export type LogOptions = {
  /** Must have taken an event before `take` gets it. */
  readonly view: LiveView;
  readonly lang: Lang;
  readonly print: (line: string) => void;
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number;
  /** Least time between two progress lines. */
  readonly every_ms?: number;
  /** The wall clock, for the time until which a lane waits. */
  readonly clock?: () => Date;
  /** Texts that must never be shown, such as secrets. */
  readonly hide?: readonly string[];
  /** How many failures are shown in full; later ones are only counted. */
  readonly most_failures?: number;
};

export type Log = {
  /** Takes an event after the view has taken it. */
  readonly take: (event: RunEvent) => void;
  /** Prints a progress line if it is time for one; to be called every second or so, because events may be minutes apart. */
  readonly tick: () => void;
};

type Retrying = Extract<LiveEvent, { readonly kind: "retrying" }>;

/** For so long the calls beside one that stops its target are waited for. */
const held_ms = 1_000;

/** Shorter waits are not worth a line. */
const leastTold_ms = 1_000;

/** A log for places without a terminal: progress every few seconds, failures at once, one line for each cause. */
export function createLog(options: LogOptions): Log {
  const { view, lang, print, now, every_ms = 5_000, hide = [], most_failures = 100 } = options;
  const { clock = () => new Date() } = options;
  const waits = new Map<string, number>();
  const start = now();
  let last = start;
  let failures = 0;
  const repeats = createRepeats();
  const held = new Map<string, { readonly since: number; readonly line: () => string }>();
  const flush = (): void => {
    last = now();
    for (const line of repeats.told(lang)) print(line);
    print(progressLine(view, last - start, lang));
  };
  const fail = (): void => {
    const failure = view.failures.at(-1);
    // What a filter blocked is a result of its item; what failed is the same for every item.
    if (failure === undefined || (isFailed(failure.outcome) && !repeats.isNew(failure))) return;
    failures++;
    const line = (): string => failureLine(failure, lang, hide);
    if (stopsTarget(failure.outcome)) hold(`${failure.target} ${failure.outcome}`, line);
    else if (failures <= most_failures) print(line());
    if (failures === most_failures) {
      print(lang === "zh" ? "此后的失败只计数，不再列出。" : "Further failures are counted only.");
    }
  };
  /** A lane's calls retry one after another; each wait of the lane is told once. */
  const wait = (event: Retrying): void => {
    const wait_ms = event.loading_ms ?? Math.max(event.wait_ms, event.lane_wait_ms);
    if (wait_ms < leastTold_ms || now() < (waits.get(event.lane) ?? 0)) return;
    waits.set(event.lane, now() + wait_ms);
    print(waitingLine(event, wait_ms, new Date(clock().getTime() + wait_ms), lang, hide));
  };
  const take = (event: RunEvent): void => {
    if (event.kind === "retrying") wait(event);
    if (event.kind === "answer" && !isGraded(event.outcome)) fail();
    if (event.kind === "batch") {
      const line = batchLine(event, lang, hide);
      if (line !== null) print(line);
    }
    if (event.kind === "queue") print(clean(`· ${event.text[lang]}`, 600));
    if (event.kind === "unserved") print(unservedLine(event.target, event.why, lang));
    if (event.kind === "stopping") print(stoppingLine(event.reason, lang));
    if (event.kind === "stopped") stop(event);
    if (event.kind === "end") {
      tellHeld(Number.POSITIVE_INFINITY);
      flush();
    } else tick();
  };
  /** The calls that were under way beside the one that stops a target end about when it does: they are one line. */
  const stop = (event: StoppedNow): void => {
    const cause = causeOf(event);
    if (cause === null) {
      print(stoppedLine(event, lang, hide));
      return;
    }
    // Also stands for the call itself, whose answer may come before this or after.
    repeats.isNew(cause);
    const line = (): string => stoppedLine(event, lang, hide, repeats.taken(cause));
    hold(`${event.target} ${event.reason}`, line);
  };
  const hold = (key: string, line: () => string): void => {
    held.set(key, { since: held.get(key)?.since ?? now(), line });
  };
  const tellHeld = (until: number): void => {
    for (const [key, { since, line }] of held) {
      if (since > until) continue;
      print(line());
      held.delete(key);
    }
  };
  const tick = (): void => {
    tellHeld(now() - held_ms);
    if (now() - last >= every_ms) flush();
  };
  return { take, tick };
}

/** Progress over all targets, then each target's share, score so far and first-token time. */
function progressLine(view: LiveView, elapsed_ms: number, lang: Lang): string {
  const planned = view.run?.size.answers ?? 0;
  const done = view.targets.reduce((sum, target) => sum + doneOf(target), 0);
  const flying = inFlightOf(view);
  const head =
    lang === "zh"
      ? `[${duration(elapsed_ms, lang)}] ${done}/${planned} 进行中 ${flying}`
      : `[${duration(elapsed_ms, lang)}] ${done}/${planned}, ${flying} in flight`;
  return [
    head,
    ...view.targets.map((target) => targetPart(target, view, lang)),
    ...(view.workers.length === 0 ? [] : [workersText(view.workers, lang)]),
  ].join(" | ");
}

/** Requests under way, here or in the workers. */
export const inFlightOf = ({ targets, workers }: LiveView): number =>
  targets.reduce((sum, { inFlight }) => sum + inFlight, 0) +
  workers.reduce((sum, { in_flight }) => sum + in_flight, 0);

/** The workers of a run on a queue: where they stand, answers a minute, requests under way, how late their loops are. */
export function workersText(workers: LiveView["workers"], lang: Lang): string {
  const zh = lang === "zh";
  const shown = workers.map(
    ({ worker, region, per_minute, in_flight, utilisation, lag_p99_ms }) => {
      const name = region === null ? clean(worker) : clean(`${worker}@${region}`);
      const busy = `${percent(utilisation, 0)} ${fixed(lag_p99_ms, 0)}`;
      return zh
        ? `${name} ${per_minute}/分 进行中 ${in_flight} 事件循环 ${busy} 毫秒`
        : `${name} ${per_minute}/min, ${in_flight} in flight, loop ${busy} ms`;
    },
  );
  return zh
    ? `工作进程 ${workers.length}：${shown.join("；")}`
    : `${workers.length} workers: ${shown.join("; ")}`;
}

const unservedLine = (target: string, why: readonly Text[], lang: Lang): string =>
  clean(
    lang === "zh"
      ? `! 没有工作进程能问 ${target}${why.length === 0 ? "，等它们加入" : `：${why.map(({ zh }) => zh).join("；")}`}`
      : `! no worker asks ${target}${why.length === 0 ? "; waiting for one" : `: ${why.map(({ en }) => en).join("; ")}`}`,
    600,
  );

function targetPart(target: LiveView["targets"][number], view: LiveView, lang: Lang): string {
  const planned = view.run?.size.per_target ?? 0;
  const { ref, totals } = target;
  const { counted, value } = totals;
  const done = doneOf(target);
  const score = counted === 0 ? "—" : fixed((value / counted) * 100, 1);
  const first = quantileOf(totals.firstToken, 0.5);
  const parts = [
    clean(ref),
    `${planned === 0 ? done : percent(Math.min(1, done / planned), 0)}`,
    lang === "zh" ? `逐题均分 ${score}` : `item mean ${score}`,
    ...(first === null
      ? []
      : [lang === "zh" ? `首字 ${seconds(first)} 秒` : `TTFT ${seconds(first)} s`]),
  ];
  return parts.join(" ");
}

/** One failed or filtered call: what happened, where, and what the vendor said. */
function failureLine(failure: Failure, lang: Lang, hide: readonly string[] = []): string {
  const { key, outcome, code, message } = failure;
  const word = lang === "zh" ? "失败" : "failed";
  const said = [code, message].filter((part) => part !== null && part !== "").join(" ");
  return clean(`✗ ${word} ${key} ${outcome}${said === "" ? "" : `: ${redact(said, hide)}`}`, 600);
}

/** Why a lane waits, until when, and what the vendor said. */
function waitingLine(
  { target, outcome, code, message, loading_ms, gone_ms }: Retrying,
  wait_ms: number,
  until: Date,
  lang: Lang,
  hide: readonly string[],
): string {
  const at = [until.getHours(), until.getMinutes(), until.getSeconds()]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
  const why = loading_ms === undefined ? outcomeWords[outcome][lang] : loadingWords[lang];
  const span = duration(wait_ms, lang);
  const said = [code, message].filter((part) => part !== null && part !== "").join(" ");
  const words = said === "" ? "" : `${colon[lang]}${redact(said, hide)}`;
  const most = loading_ms === undefined ? "" : { zh: "最多", en: " at most" }[lang];
  const text =
    lang === "zh"
      ? `${why}，${most}等到 ${at}（${span}）`
      : `${why}, waits until ${at}${most} (${span})`;
  return clean(
    `… ${target} ${text}${words}${gone_ms === undefined ? "" : goneText(gone_ms, lang)}`,
    600,
  );
}

/** For how long a server that went away is looked for, and what then. */
const goneText = (gone_ms: number, lang: Lang): string =>
  lang === "zh"
    ? `；服务断开了，最多找它 ${duration(gone_ms, lang)}，之后停下，可用 --resume 续跑`
    : `; the server is gone, looked for ${duration(gone_ms, lang)} more at most, then it stops; --resume goes on`;

/** A server of one's own that is not ready yet. */
export const loadingWords: Text = { zh: "还在加载模型", en: "still loading the model" };

const batchTexts: Partial<Record<BatchLine["state"], Text>> = {
  created: { zh: "已提交，等厂商作答", en: "handed in" },
  done: { zh: "已取回", en: "fetched" },
  lost: { zh: "作废", en: "void" },
};

/** Where a batch of a target stands; what it did not answer is asked one by one. Null where nothing is worth a line. */
function batchLine(
  { target, state, requests, id, message = "", left = [] }: BatchLine,
  lang: Lang,
  hide: readonly string[],
): string | null {
  const word = batchTexts[state]?.[lang];
  if (word === undefined) return null;
  const causes = [...new Set(left.map(({ cause }) => cause))].slice(0, 3).join("; ");
  const head = {
    zh: `批量 ${id ?? ""}（${requests} 条）${word}`,
    en: `batch ${id ?? ""} (${requests} requests) ${word}`,
  }[lang];
  const rest = {
    zh: `，${left.length} 条没有答案，改为逐条提问（原价）：${redact(causes, hide)}`,
    en: `; ${left.length} without an answer, asked one by one at the full price: ${redact(causes, hide)}`,
  }[lang];
  const why = message === "" ? "" : `${colon[lang]}${redact(message, hide)}`;
  return clean(`◇ ${target} ${head}${left.length === 0 ? "" : rest}${why}`, 600);
}

const stoppingTexts = {
  interrupt: {
    zh: "收到中断信号：不再提问，等进行中的请求结束。",
    en: "Interrupted: no more questions; waiting for those in flight.",
  },
  budget: {
    zh: "预算用尽：不再提问，等进行中的请求结束。",
    en: "Budget reached: no more questions; waiting for those in flight.",
  },
  failed: {
    zh: "失败过多：不再提问，等进行中的请求结束。",
    en: "Too many failures: no more questions; waiting for those in flight.",
  },
} as const;

const stoppingLine = (reason: keyof typeof stoppingTexts, lang: Lang): string =>
  stoppingTexts[reason][lang];
