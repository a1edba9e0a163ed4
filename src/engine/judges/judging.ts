import type {
  AnswerPlace,
  BaselineRef,
  JudgeAccess,
  JudgeRequest,
  Panel,
} from "../../domain/judging.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { AnswerLine, ItemLine } from "../../domain/run-file/lines.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { AnswerFile } from "../../store/runs/answer-file.ts";

import { sameFamily } from "../../domain/family.ts";
import { answerKey } from "../../domain/id.ts";
import { isGraded } from "../../domain/outcome.ts";
import { isStructured } from "./judges.ts";

/** A panel as configured, with its judges by target name. */
export type PanelSetting = Omit<Panel, "judges"> & { readonly judges: readonly string[] };

/** The judges of a run, and what replies are compared with. */
export type RunJudges = {
  readonly targets: readonly ResolvedTarget[];
  readonly panels: ReadonlyMap<string, PanelSetting>;
  readonly files: ReadonlyMap<string, AnswerFile>;
  /** Targets of the run that others are compared with, and their answers already in the run file. */
  readonly baselines: ReadonlySet<string>;
  readonly earlier: ReadonlyMap<string, AnswerLine>;
  /** Calls per judge needed to grade one answer to an item, by panel. */
  readonly calls: (item: ItemLine) => Promise<ReadonlyMap<string, number>>;
};

/** What grading may use of a session. `whileWaiting` wraps the wait for another target's answer. */
export function judgeAccess(
  judging: RunJudges,
  candidates: readonly TargetEntry[],
  ask: JudgeRequest,
  companions: Companions,
  whileWaiting: <T>(wait: Promise<T>) => Promise<T> = (wait) => wait,
): JudgeAccess {
  return {
    ask,
    panel: (name, candidate) => panelFor(judging, name, candidates, candidate),
    baselineDigest: (from) =>
      "file" in from ? (judging.files.get(from.file)?.digest ?? null) : null,
    baseline: async (from, place) => {
      if ("file" in from) return judging.files.get(from.file)?.replies(place.item) ?? null;
      const key = keyOf(from, place);
      const planned = candidates.some(({ ref }) => ref === from.target);
      const answer =
        companions.find(key) ?? (planned ? await whileWaiting(companions.wait(key)) : null);
      return answer === null || !isGraded(answer.outcome)
        ? null
        : answer.turns.map(({ text }) => text);
    },
  };
}

const keyOf = (from: Extract<BaselineRef, { target: string }>, place: AnswerPlace): string =>
  answerKey({ ...place, target: from.target });

function panelFor(
  { panels, targets }: RunJudges,
  name: string,
  candidates: readonly TargetEntry[],
  candidate: string,
): Panel | null {
  const setting = panels.get(name);
  if (setting === undefined) return null;
  const graded = candidates.find(({ ref }) => ref === candidate);
  const judges = setting.judges.map((ref) => {
    const judge = targets.find(({ entry }) => entry.ref === ref);
    const kin = judge !== undefined && graded !== undefined && sameFamily(judge.entry, graded);
    return { ref, kin, structured: judge !== undefined && isStructured(judge) };
  });
  return { ...setting, judges };
}

/** Answers that other answers are compared with, kept for the length of a session. */
export type Companions = {
  /** Keeps an answer if its target is one that others are compared with. */
  readonly offer: (answer: AnswerLine) => void;
  /** Returns at once: the answer, or null if it is not there yet. */
  readonly find: (key: string) => AnswerLine | null;
  /** Resolves as soon as the answer is there; rejects with an `AbortError` if it will not come. */
  readonly wait: (key: string) => Promise<AnswerLine>;
  /** No more answers come in this session. */
  readonly close: () => void;
};

/** `earlier` holds the answers already in the run file. */
export function createCompanions(
  targets: ReadonlySet<string>,
  earlier: ReadonlyMap<string, AnswerLine>,
): Companions {
  const known = new Map(earlier);
  const waiting = new Map<string, PromiseWithResolvers<AnswerLine>>();
  let closed = false;
  return {
    offer: (answer) => {
      if (!targets.has(answer.target)) return;
      known.set(answer.key, answer);
      waiting.get(answer.key)?.resolve(answer);
      waiting.delete(answer.key);
    },
    find: (key) => known.get(key) ?? null,
    wait: (key) => {
      const found = known.get(key);
      if (found !== undefined) return Promise.resolve(found);
      if (closed) return Promise.reject(gone());
      const promised = waiting.get(key) ?? Promise.withResolvers<AnswerLine>();
      waiting.set(key, promised);
      return promised.promise;
    },
    close: () => {
      closed = true;
      for (const { reject } of waiting.values()) reject(gone());
      waiting.clear();
    },
  };
}

const gone = (): Error =>
  Object.assign(new Error("the other answer did not come"), { name: "AbortError" });
