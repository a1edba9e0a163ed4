import type { ClauseMeasure } from "./measure.ts";

import { costMeasures } from "./cost.ts";
import { effectMeasures } from "./effect.ts";
import { labelMeasures } from "./labels.ts";
import { loadMeasures } from "./load.ts";
import { peopleMeasures } from "./people.ts";
import { reliabilityMeasures } from "./reliability.ts";
import { safetyMeasures } from "./safety.ts";
import { timeMeasures } from "./times.ts";

/** All that a clause can ask for. */
export const measures: readonly ClauseMeasure[] = [
  ...effectMeasures,
  ...safetyMeasures,
  ...labelMeasures,
  ...timeMeasures,
  ...reliabilityMeasures,
  ...costMeasures,
  ...loadMeasures,
  ...peopleMeasures,
];
