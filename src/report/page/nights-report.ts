import type { MadeReport } from "./make-report.ts";
import type { SiteNights } from "./nights.ts";
import type { SteadinessPart } from "./steadiness.ts";

import { bareReport, withoutAnswers } from "./bare-report.ts";

/** The report of a history whose run files are all gone: its nights, how steady they were, and nothing else. */
export function reportOfNights(
  nights: readonly SiteNights[],
  steadiness: SteadinessPart | null,
  now: Date,
): Promise<MadeReport> {
  const [newest] = nights;
  const bare = bareReport(now);
  return withoutAnswers({
    ...bare,
    title: newest?.board ?? null,
    simulated: nights.some(({ targets }) => targets.some(({ simulated }) => simulated)),
    conclusion: newest?.headline ?? bare.conclusion,
    nights,
    ...(steadiness === null ? {} : { steadiness }),
  });
}
