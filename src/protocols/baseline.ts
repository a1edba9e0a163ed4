import { createHash } from "node:crypto";

import type { Protocol } from "../calling/protocol.ts";
import type { Reply } from "../domain/call.ts";

import { unknownUsage } from "../domain/usage.ts";

/**
 * The score without reading the question: `first` picks the first option, `random` one determined by the prompt's
 * text and the seed. Sends no requests, so it has no latency, usage or cost.
 */
export const protocol: Protocol = {
  id: "baseline",
  attempt: (call) => {
    const prompt = call.messages.at(-1)?.text ?? "";
    const letters = [...prompt.matchAll(/^\s*([A-Z])[.．、:：)）]/gm)].map(([, letter]) => letter);
    const choice =
      call.model === "first" ? 0 : draw(`${call.params.seed ?? 0}\n${prompt}`, letters.length);
    const letter = letters[choice];
    return Promise.resolve(
      reply(letter === undefined ? "我不知道。" : `答案：${letter}`, call.model),
    );
  },
};

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
