import type { AnswerLine } from "../../domain/run-file/lines.ts";

/** Answers that others are compared with, kept while a session lasts. */
export type Companions = {
  /** Takes an answer if its target is one that others are compared with. */
  readonly saw: (answer: AnswerLine) => void;
  /** Null at once where the answer is there already. */
  readonly find: (key: string) => AnswerLine | null;
  /** Resolves as soon as the answer is there; rejects with an `AbortError` where it comes no more. */
  readonly wait: (key: string) => Promise<AnswerLine>;
  /** Nothing more comes in this session. */
  readonly close: () => void;
};

/** `earlier` are answers that the run file holds already. */
export function createCompanions(
  targets: ReadonlySet<string>,
  earlier: ReadonlyMap<string, AnswerLine>,
): Companions {
  const known = new Map(earlier);
  const waiting = new Map<string, PromiseWithResolvers<AnswerLine>>();
  let closed = false;
  return {
    saw: (answer) => {
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
