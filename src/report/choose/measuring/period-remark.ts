import type { Text } from "../../../domain/text.ts";
import type { SteadinessFigure } from "../../steadiness/figure.ts";

import { percent } from "../../render/format.ts";

/** How much of the 30 days was seen. */
export const periodRemark = ({ coverage }: SteadinessFigure): Text => {
  const seen = percent(coverage, coverage < 0.01 ? 2 : 1);
  return {
    zh: `30 天里只问过 ${seen} 的 5 分钟窗口，其余未知`,
    en: `of the 30 days ${seen} of the windows of 5 minutes were seen; the rest is unknown`,
  };
};
