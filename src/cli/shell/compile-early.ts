import { setFlagsFromString } from "node:v8";

const manyAnswers = 15_000;
const earlyCalls = 1_000;

/**
 * Lets a long run compile its code in its first seconds. V8 optimises a function in full after some 10,500 calls, which for all
 * that is called once for an answer comes at the same moment: a second of computing in the middle of the run. A run of fewer
 * answers than `manyAnswers` mostly ends before that, and is spared it. The flag is read whenever a function has used up its
 * budget, on every thread.
 */
export function compileEarly(answers: number): void {
  if (answers >= manyAnswers) setFlagsFromString(`--invocation-count-for-turbofan=${earlyCalls}`);
}
