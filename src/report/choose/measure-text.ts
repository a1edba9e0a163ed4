import type { MeasuredCriterion } from "../../domain/choosing/criteria.ts";
import type { Text } from "../../domain/text.ts";

import { amountText, fixed, percent } from "../render/format.ts";

/** A value of a criterion with its unit, as people read it. */
export function measureText(use: MeasuredCriterion | "stated", value: number, unit = ""): Text {
  if (value === Number.POSITIVE_INFINITY) return { zh: "超时", en: "timeout" };
  switch (use) {
    case "effect":
    case "migration":
      return same(fixed(value, 1));
    case "steadiness":
    case "first_try":
    case "must_refuse":
    case "over_refusal":
      return same(percent(value));
    case "latency_tail":
      return { zh: `${fixed(value, 2)} 倍`, en: `${fixed(value, 2)}×` };
    case "ttft_p95":
      return same(`${fixed(value, 2)} s`);
    case "speed":
      return { zh: `${fixed(value, 0)} 字符/秒`, en: `${fixed(value, 0)} chars/s` };
    case "month_cost":
      return same(`¥${amountText(value)}`);
    case "midpoint":
      return same(fixed(value, 2));
    case "capacity":
      return { zh: `${fixed(value, 1)} 次/分`, en: `${fixed(value, 1)}/min` };
    case "stated":
      return same(`${Number(value.toPrecision(12))}${unit === "" ? "" : ` ${unit}`}`);
  }
}

const same = (text: string): Text => ({ zh: text, en: text });
