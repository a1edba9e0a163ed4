import type { Vendor } from "./providers.ts";

import { nearestThree } from "../../text/edit-distance.ts";

/** A model that its vendor's own list does not have: those that it is close to, and how many are listed. */
export type UnlistedModel = {
  /** Empty where it is like none. */
  readonly close: readonly string[];
  readonly listed: readonly string[];
};

/** Absent where the model is listed, or its vendor lists none. */
export type Meant = { readonly meant?: UnlistedModel };

/** Vendors have more models than their files list, so a name that is not there may be a mistake and need be none. */
export function meantBy({ models = [] }: Pick<Vendor, "models">, model: string): Meant {
  const listed = models.flatMap((row) => ("id" in row ? [row.id] : []));
  if (listed.length === 0 || listed.includes(model)) return {};
  const { close, names } = nearestThree(model, listed);
  return { meant: { close: close ? names : [], listed } };
}
