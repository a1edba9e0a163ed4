import type { TargetView } from "../view/model.ts";

/** A model's name as the vendor sent it back, and with how many answers. */
export type ReturnedModel = { readonly id: string; readonly answers: number };

/** What a target was asked for and what the vendor says answered, the most frequent first. */
export type ModelNames = {
  /** Null where the run file has no entry of the target. */
  readonly model_asked: string | null;
  readonly models_returned: readonly ReturnedModel[];
};

export const modelNamesOf = ({ entry, models }: TargetView): ModelNames => ({
  model_asked: entry?.model ?? null,
  models_returned: Array.from(models, ([id, answers]) => ({ id, answers })).toSorted(
    (a, b) => b.answers - a.answers || (a.id < b.id ? -1 : 1),
  ),
});

/** How the names that came back differ from the one that was asked for. Whether that is another model is not decided here. */
export type NameChange = "none" | "dated" | "other";

/** `dated`: all others are the name that was asked for with a date or a version number behind it. */
export function nameChangeOf({ model_asked, models_returned }: ModelNames): NameChange {
  const others = models_returned.filter(({ id }) => id !== model_asked);
  if (model_asked === null || others.length === 0) return "none";
  return others.every(({ id }) => isDated(id, model_asked)) ? "dated" : "other";
}

function isDated(id: string, asked: string): boolean {
  const [name, base] = [id.toLowerCase(), asked.toLowerCase()];
  return name.startsWith(base) && /^[-_.@:]v?\d[\d._-]*$/.test(name.slice(base.length));
}
