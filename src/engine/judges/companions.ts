import type { AnswerLine } from "../../domain/run-file/lines.ts";

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
