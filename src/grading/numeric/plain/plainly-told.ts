import type { FoundNumber } from "../labels.ts";

import { whole } from "../../../text/quantity/rational.ts";

/** 答案：42, without a blank, a unit, a sign or anything else, and not as long as the number of a telephone. */
const plainly = /^答案[:：](?:0|[1-9]\d{0,8})$/;
const labelLength = 3;

/**
 * The number of a reply that announces a whole number and says nothing else, or null for any other reply. As `findNumber`
 * finds it, whatever is asked, unless times of day are read in minutes. Many prompts ask for just this.
 */
export function plainlyTold(reply: string): FoundNumber | null {
  if (!plainly.test(reply)) return null;
  const text = reply.slice(labelLength);
  const value = whole(BigInt(text));
  return {
    quantity: {
      low: value,
      high: value,
      unit: null,
      stranger: null,
      percent: false,
      chinese: false,
      scaled: false,
      step: null,
      role: "value",
      start: labelLength,
      end: reply.length,
      text,
      elsewhere: [],
    },
    why: "marker",
    doubtful: false,
  };
}
