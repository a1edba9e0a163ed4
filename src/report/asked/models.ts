import type { TargetView } from "../view/model.ts";

import { type NameRelation, nameRelation } from "../../text/names/model-name.ts";

/** A model's name as the vendor sent it back, and with how many answers. */
type ReturnedModel = { readonly id: string; readonly answers: number };

/** What a target was asked for and what the vendor says answered, the most frequent first. */
export type ModelNames = {
  /** Null where the run file has no entry of the target. */
  readonly model_asked: string | null;
  readonly models_returned: readonly ReturnedModel[];
  /** Globs over further names of the asked model, from the vendor's file. */
  readonly returned_as: readonly string[];
  /** Models that answered instead and whose price was taken. */
  readonly priced_as: readonly string[];
};

export const modelNamesOf = ({ entry, models, pricedAs }: TargetView): ModelNames => ({
  model_asked: entry?.model ?? null,
  models_returned: Array.from(models, ([id, answers]) => ({ id, answers })).toSorted(
    (a, b) => b.answers - a.answers || (a.id < b.id ? -1 : 1),
  ),
  returned_as: entry?.returned_as ?? [],
  priced_as: [...pricedAs],
});

/** How the names that came back differ from the one that was asked for, the gravest of all that came. */
export type NameChange = Exclude<NameRelation, "same"> | "none";

const gravest = ["other", "alias", "dated"] as const;

export function nameChangeOf({
  model_asked,
  models_returned,
  returned_as,
}: Pick<ModelNames, "model_asked" | "models_returned" | "returned_as">): NameChange {
  if (model_asked === null) return "none";
  const relations = new Set(
    models_returned.map(({ id }) => nameRelation(model_asked, id, returned_as)),
  );
  return gravest.find((relation) => relations.has(relation)) ?? "none";
}

/** The models that answered though another was asked for. */
export const otherModels = ({
  model_asked,
  models_returned,
  returned_as,
}: ModelNames): readonly ReturnedModel[] =>
  model_asked === null
    ? []
    : models_returned.filter(({ id }) => nameRelation(model_asked, id, returned_as) === "other");
