import type { GradeContext } from "../../domain/grader.ts";
import type { Judge } from "../../domain/judging.ts";
import type { Consulted } from "./consult.ts";
import type { JudgedSample } from "./material.ts";
import type { JudgeOptions } from "./options.ts";

import { stripThink } from "../../text/extract.ts";
import { consult } from "./consult.ts";
import { materialOf } from "./material.ts";
import { materialRule } from "./prompt-parts.ts";

/**
 * The judge's own solution of a question, written before it has seen reply or reference, so that a fluent mistake does not
 * lead it. Shown to it as material afterwards.
 */
export function solutionOf(
  { gold, dialogue }: JudgedSample,
  { judge, vote, temperature }: { judge: Judge; vote: number; temperature: number },
  options: JudgeOptions,
  ask: NonNullable<GradeContext["ask"]>,
): Promise<Consulted<string>> {
  const bare = { gold, finish_reason: null, ...(dialogue === undefined ? {} : { dialogue }) };
  const { code, question } = materialOf(bare, [], { ...options, reference: "ignore" }, false);
  return consult(
    {
      prompt: [
        "请自己把下面的题目做一遍：有唯一结论的，写出关键的步骤和结论；没有唯一结论的，写出好的回答必须有哪几点。只写解答，不超过 400 字。",
        materialRule,
        question,
      ].join("\n\n"),
      code,
      schema: null,
      allowed: "只写解答",
      changed: () => null,
      read: (reply) => {
        const { text } = stripThink(reply);
        return text.trim() === ""
          ? { ok: false, problem: "没有解答", line: null }
          : { ok: true, verdict: text.trim(), reason: null, fields: [] };
      },
    },
    judge.ref,
    { vote, temperature },
    ask,
  );
}
