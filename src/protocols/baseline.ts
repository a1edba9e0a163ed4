import { createHash } from "node:crypto";

import type { Protocol } from "../calling/protocol.ts";
import type { Reply } from "../domain/call.ts";

import { unknownUsage } from "../domain/usage.ts";
import { keyWords } from "../text/key-words.ts";

/**
 * The score without solving the question: `first` picks the first option, `random` one determined by the prompt's
 * text and the seed, `refuse` declines, `echo` sends the prompt back, `keywords` its key words, and `constant` gives one answer to
 * everything. Sends no requests, so it has no latency, usage or cost.
 */
export const protocol: Protocol = {
  id: "baseline",
  attempt: (call) => {
    const prompt = call.messages.at(-1)?.text ?? "";
    const say = strategies[call.model] ?? guess;
    return Promise.resolve(reply(say(prompt, call.params.seed ?? 0), call.model));
  },
};

type Strategy = (prompt: string, seed: number) => string;

const strategies: Readonly<Record<string, Strategy>> = {
  random: guess,
  first: (prompt) => picked(lettersIn(prompt)[0]),
  refuse: () => "抱歉，我无法回答这个问题。",
  echo: (prompt) => prompt,
  keywords: (prompt) => keyWords(prompt).join("，"),
  // The commonest number of small ones, and a letter like any other.
  constant: (prompt) => (lettersIn(prompt).length > 0 ? "答案：B" : "答案：1"),
};

function guess(prompt: string, seed: number): string {
  const letters = lettersIn(prompt);
  return picked(letters[draw(`${seed}\n${prompt}`, letters.length)]);
}

const lettersIn = (prompt: string): readonly (string | undefined)[] =>
  [...prompt.matchAll(/^\s*([A-Z])[.．、:：)）]/gm)].map(([, letter]) => letter);

const picked = (letter: string | undefined): string =>
  letter === undefined ? "我不知道。" : `答案：${letter}`;

/** A number below `n` determined by the text. */
const draw = (text: string, n: number): number =>
  n === 0 ? 0 : createHash("sha256").update(text).digest().readUInt32BE(0) % n;

const reply = (text: string, model: string): Reply => ({
  outcome: "ok",
  text,
  reasoning: "",
  finish: { reason: "stop", raw: null },
  usage: unknownUsage,
  model_returned: model,
  fingerprint: null,
  request_id: null,
  dropped: [],
  status: null,
  code: null,
  message: null,
  retry_after_ms: null,
  simulated: false,
  timing: null,
});
