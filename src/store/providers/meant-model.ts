import type { Vendor } from "./providers.ts";

import { nearestThree } from "../../text/edit-distance.ts";

/** Models of the vendor's own list that a name is close to; absent where it is listed, or like none. */
export type Meant = { readonly meant?: readonly string[] };

/**
 * Vendors have more models than their files list, so a name that is not there is no mistake; one that is close to another may
 * be.
 */
export function meantBy({ models = [] }: Pick<Vendor, "models">, model: string): Meant {
  const listed = models.flatMap((row) => ("id" in row ? [row.id] : []));
  if (listed.includes(model)) return {};
  const { close, names } = nearestThree(model, listed);
  return close ? { meant: names } : {};
}
