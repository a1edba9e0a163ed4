import type { RunEvent } from "../../../domain/run-file/event.ts";
import type { Context } from "../../context.ts";

import { UserError } from "../../../domain/text.ts";
import { createLog, type Log } from "../../../report/run/log.ts";
import { type Live, mostShown, type ReporterName } from "./live.ts";

/** Shows a run while it is under way, and lets its user pause or stop it. */
export type Reporter = {
  readonly observe: (event: RunEvent) => void;
  /** What is awaited before each question while the user has paused the run. */
  readonly gate: () => Promise<void> | undefined;
  readonly stopping: AbortSignal;
  readonly signal: AbortSignal;
  readonly close: () => Promise<void>;
};

/**
 * The reporter that is asked for, else the terminal interface on a terminal and the log elsewhere and for runs of more than
 * `mostShown` answers. Throws a UserError for `tui` without a terminal.
 */
export function reporterName(
  asked: ReporterName | null,
  answers: number,
  { isTTY, env }: Pick<Context, "isTTY" | "env">,
): ReporterName {
  const able = isTTY && (env["TERM"] ?? "") !== "dumb";
  if (asked === null)
    return able && (env["CI"] ?? "") === "" && answers <= mostShown ? "tui" : "log";
  if (asked === "tui" && !able) {
    throw new UserError({
      zh: "--reporter tui 需要终端；输出到文件或管道时请用 log",
      en: "--reporter tui needs a terminal; use log where the output goes to a file or a pipe",
    });
  }
  return asked;
}

/** Starts to show the run. Each event is taken by `live` first. The terminal interface is loaded only if it is used. */
export async function createReporter(
  name: ReporterName,
  live: Live,
  file: string,
  context: Context,
): Promise<Reporter> {
  const { lang, env } = context;
  const stop = new AbortController();
  const abort = new AbortController();
  const stopping = AbortSignal.any([context.stopping, stop.signal]);
  const signal = AbortSignal.any([context.signal, abort.signal]);
  const pause = createPause(stopping);
  const shown =
    name === "silent"
      ? null
      : name === "log" || live.view === null
        ? startLog(live.sums, context)
        : (await loadTui()).createTui({
            view: live.view,
            file,
            lang,
            stdout: process.stdout,
            stdin: process.stdin,
            colour: (env["NO_COLOR"] ?? "") === "",
            onPause: pause.set,
            onStop: () => (stop.signal.aborted ? abort : stop).abort(),
          });
  const observe = (event: RunEvent): void => {
    live.take(event);
    shown?.take(event);
  };
  stopping.addEventListener("abort", () => observe({ kind: "stopping", reason: "interrupt" }));
  return {
    observe,
    gate: pause.gate,
    stopping,
    signal,
    close: async () => {
      if (shown !== null && "close" in shown) await shown.close();
    },
  };
}

/** A log that tells how far the run is also while no event comes. */
function startLog(
  view: Live["sums"],
  { lang, warn }: Context,
): Log & { readonly close: () => Promise<void> } {
  const log = createLog({ view, lang, print: warn, now: () => performance.now() });
  const timer = setInterval(log.tick, 1_000);
  return {
    ...log,
    close: () => {
      clearInterval(timer);
      return Promise.resolve();
    },
  };
}

/** React runs at half its speed in development mode, and decides on the mode when it is loaded. */
async function loadTui() {
  process.env["NODE_ENV"] ??= "production";
  return import("../../../tui/tui.tsx");
}

/** A door that opens for good when the run ends. */
function createPause(stopping: AbortSignal) {
  let door: PromiseWithResolvers<void> | null = null;
  const open = (): void => {
    door?.resolve();
    door = null;
  };
  stopping.addEventListener("abort", open);
  return {
    gate: (): Promise<void> | undefined => door?.promise,
    set: (paused: boolean): void => {
      if (!paused) open();
      else if (!stopping.aborted) door ??= Promise.withResolvers<void>();
    },
  };
}
