import type { Task } from "../suite.ts";

/** What a wording of a task changes: its prompt, its system prompt, or both; nothing where it is none of the task's own. */
export function wordingOf(
  { wordings = {} }: Task,
  name: string | null,
): {
  readonly system?: string | undefined;
  readonly prompt?: string | undefined;
  readonly for?: readonly string[] | undefined;
} {
  const wording = name !== null && Object.hasOwn(wordings, name) ? wordings[name] : undefined;
  return typeof wording === "string" ? { prompt: wording } : (wording ?? {});
}
