import type { MeasuredCriterion } from "../../domain/choosing/criteria.ts";
import type { MeasureOf } from "./criterion.ts";

import { measureOf as capacity } from "./criteria/capacity.ts";
import { measureOf as effect } from "./criteria/effect.ts";
import { measureOf as firstTry } from "./criteria/first-try.ts";
import { measureOf as latencyTail } from "./criteria/latency-tail.ts";
import { measureOf as midpoint } from "./criteria/midpoint.ts";
import { measureOf as migration } from "./criteria/migration.ts";
import { measureOf as monthCost } from "./criteria/month-cost.ts";
import { measureOf as mustRefuse } from "./criteria/must-refuse.ts";
import { measureOf as overRefusal } from "./criteria/over-refusal.ts";
import { measureOf as speed } from "./criteria/speed.ts";
import { measureOf as steadiness } from "./criteria/steadiness.ts";
import { measureOf as ttftP95 } from "./criteria/ttft-p95.ts";

/** Every criterion that is measured; its facts stand in `domain/choosing/criteria.ts`. */
export const criteria: Readonly<Record<MeasuredCriterion, MeasureOf>> = {
  effect,
  steadiness,
  first_try: firstTry,
  latency_tail: latencyTail,
  ttft_p95: ttftP95,
  speed,
  month_cost: monthCost,
  must_refuse: mustRefuse,
  over_refusal: overRefusal,
  midpoint,
  capacity,
  migration,
};
