import { expect, test } from "vitest";

import { measures } from "../measures/registry.ts";
import { readBound } from "./bound.ts";
import { wholeUnit } from "./units.ts";

const measureOf = (id: string) => {
  const found = measures.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no measure ${id}`);
  return found;
};

/** The limits in base units as a text, or the problem. */
function read(text: string, id: string, unit: string | null = null): string {
  const found = readBound(text, measureOf(id), unit === null ? null : wholeUnit(unit));
  if (found === null) return "no number";
  if ("problem" in found) return `! ${found.problem.zh}`;
  return found.bound.limits.map(({ relation, value }) => `${relation} ${value}`).join(" & ");
}

test.each([
  ["≥ 99 %", "success-rate", "at-least 0.99"],
  ["≥９９．９９％", "availability", "at-least 0.9999"],
  [">=95%", "accuracy", "at-least 0.95"],
  ["＞＝95％", "accuracy", "at-least 0.95"],
  ["不低于95%", "accuracy", "at-least 0.95"],
  ["不得低于 95%", "accuracy", "at-least 0.95"],
  ["应不低于百分之九十五", "accuracy", "at-least 0.95"],
  ["大于等于 85%", "accuracy", "at-least 0.85"],
  ["大于或等于85%", "accuracy", "at-least 0.85"],
  ["大于85%", "accuracy", "above 0.85"],
  ["超过 85%", "accuracy", "above 0.85"],
  ["85%以上", "accuracy", "at-least 0.85"],
  ["85%（含）以上", "accuracy", "at-least 0.85"],
  ["达到 85%", "accuracy", "at-least 0.85"],
  ["至少85%", "accuracy", "at-least 0.85"],
  ["85%", "accuracy", "at-least 0.85"],
  ["三个九", "availability", "at-least 0.999"],
  ["4个9", "availability", "at-least 0.9999"],
  ["不超过 300 毫秒", "ttft-p95", "at-most 300"],
  ["不得超过300ms", "ttft-p95", "at-most 300"],
  ["≤0.5 s", "ttft-p95", "at-most 500"],
  ["＜ 2 秒", "ttft-p95", "below 2000"],
  ["2秒以内", "ttft-p95", "at-most 2000"],
  ["三秒之内", "e2e-p99", "at-most 3000"],
  ["小于等于１．５秒", "ttft-p95", "at-most 1500"],
  ["少于 500 ms", "ttft-p95", "below 500"],
  ["不大于2s", "ttft-p95", "at-most 2000"],
  ["低于5‰", "failure-rate", "below 0.005"],
  ["≤千分之五", "failure-rate", "at-most 0.005"],
  ["5%以下", "over-refusal-rate", "at-most 0.05"],
  ["不高于 5 %", "over-refusal-rate", "at-most 0.05"],
  ["≤ 5,000 元/月", "cost-per-month", "at-most 5000"],
  ["不超过 1.2 万元", "cost-per-month", "at-most 12000"],
  ["≤ ¥0.01", "cost-per-item", "at-most 0.01"],
  ["≤ 0.02 元/次", "cost-per-item", "at-most 0.02"],
  ["≥ 200 并发", "concurrency", "at-least 200"],
  ["不少于500路", "concurrency", "at-least 500"],
  ["≥ 20 QPS", "throughput", "at-least 20"],
  ["20次/秒以上", "throughput", "at-least 20"],
  ["≥ 30 tokens/s", "token-throughput", "at-least 30"],
  ["不低于 20 字/秒", "speed-p50", "at-least 20"],
  ["不少于 30 分钟", "steady", "at-least 1800000"],
  ["≥ 0.8", "kappa", "at-least 0.8"],
  ["= 0 条", "red-lines", "at-most 0"],
  ["≥ 80 分", "score", "at-least 0.8"],
  ["1%~3%", "over-refusal-rate", "at-least 0.01 & at-most 0.03"],
  ["介于 0.5 和 1 秒之间", "ttft-p95", "at-least 500 & at-most 1000"],
  ["at least 95%", "accuracy", "at-least 0.95"],
  ["no more than 300 ms", "ttft-p95", "at-most 300"],
  ["shall not exceed 2 s", "ttft-p95", "at-most 2000"],
])("%s of %s", (text, id, limits) => {
  expect(read(text, id)).toBe(limits);
});

test.each([
  ["≥ 99", "success-rate", "没有单位"],
  ["≤ 300", "ttft-p95", "没有单位"],
  ["≤ 300 元", "ttft-p95", "单位不合"],
  ["≥ 30 tokens/s", "speed-p50", "单位不合"],
  ["≤ 0.02 元/千字", "cost-per-item", "单位不合"],
  ["≤ 5 美元", "cost-per-month", "单位不合"],
  ["≥ 80 分", "accuracy", "单位不合"],
  ["≤ 95%", "accuracy", "越大越好"],
  ["不低于 2 秒", "ttft-p95", "越小越好"],
])("refuses %s of %s", (text, id, why) => {
  expect(read(text, id)).toContain(why);
});

test("a unit of its own column, or of a heading", () => {
  expect(read("≤ 300", "ttft-p95", "ms")).toBe("at-most 300");
  expect(read("99.9", "availability", "％")).toBe("at-least 0.999");
  expect(read("≤ 300", "ttft-p95", "元")).toContain("单位不合");
  expect(read("满足要求", "ttft-p95")).toBe("no number");
});
