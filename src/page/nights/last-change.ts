import type { Text } from "../../domain/text.ts";
import type { TargetNights } from "../../report/page/nights.ts";

import { signed } from "../../report/render/format.ts";

/** How much and since when the level last changed; null where it never did. */
export function lastChange({ changes, points: own }: TargetNights): Text | null {
  const change = changes.at(-1);
  if (change === undefined) return null;
  const since = own[change.at]?.date ?? "";
  return {
    zh: `自 ${since} 起 ${signed(change.delta)} 分`,
    en: `${signed(change.delta)} points since ${since}`,
  };
}
