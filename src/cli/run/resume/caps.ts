import type { Settings } from "../../../domain/run-file/header.ts";
import type { Plan } from "../../../engine/plan/plan.ts";
import type { Context } from "../../context.ts";

import { readHeader } from "../../../store/runs/reader.ts";

const options = {
  max_cost: "--max-cost",
  max_cost_per_target: "--max-cost-per-target",
  max_tokens_total: "--max-tokens-total",
  max_tokens_per_target: "--max-tokens-per-target",
} as const satisfies Partial<Record<keyof Settings, string>>;

const names = Object.keys(options) as readonly (keyof typeof options)[];

/**
 * The plan with the caps of the run that it goes on with, where it has none of its own: a cap is a promise, and who starts the
 * same run again did not take it back. Says so.
 */
export async function withOldCaps(
  plan: Plan,
  file: string,
  { lang, warn }: Context,
): Promise<Plan> {
  const header = await readHeader(file);
  const kept = names.filter(
    (name) => (plan.settings[name] ?? null) === null && (header?.settings[name] ?? null) !== null,
  );
  if (header === null || kept.length === 0) return plan;
  const caps = kept.map((name) => {
    const cap = header.settings[name] ?? 0;
    return `${options[name]} ${typeof cap === "number" ? cap : `${cap.amount}${cap.currency}`}`;
  });
  warn(
    {
      zh: `沿用上次的上限：${caps.join(" ")}；要提高就写上更大的数`,
      en: `The caps of last time hold: ${caps.join(" ")}; name higher ones to raise them`,
    }[lang],
  );
  const old = Object.fromEntries(kept.map((name) => [name, header.settings[name]]));
  return { ...plan, settings: { ...plan.settings, ...old } };
}
