import type { Endpoint } from "../../calling/protocol.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";

import { isBasicWord, thinkingWords } from "../../calling/thinking-switch.ts";
import { UserError } from "../../domain/text.ts";

/**
 * Throws a `UserError` where a target names a level of thinking that its model's row does not list, which may be a slip of
 * the pen. `on`, `off` and the usual three levels are taken anywhere: what cannot be sent of them is recorded.
 */
export function checkThinking({ ref, params, baseline }: TargetEntry, { request }: Endpoint): void {
  const { thinking } = params;
  if (baseline || typeof thinking !== "string" || isBasicWord(thinking)) return;
  const words = thinkingWords(request);
  if (words.includes(thinking)) return;
  const [zh, en] = [words.join("、"), words.join(", ")];
  throw new UserError({
    zh: `目标 ${ref} 的 thinking: ${thinking} 不在这个型号登记的档位里（${zh === "" ? "一个也没有登记" : zh}）；厂商确有这一档时，在 providers 里补上 request.thinking.levels.${thinking}`,
    en: `target ${ref}: thinking: ${thinking} is not among the levels listed for this model (${en === "" ? "none is" : en}); if the vendor has it, add request.thinking.levels.${thinking} under providers`,
  });
}
