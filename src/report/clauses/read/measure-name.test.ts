import { expect, test } from "vitest";

import { measures } from "../measures/registry.ts";
import { measureIn, unknownMeasure } from "./measure-name.ts";

const read = (text: string): string => {
  const found = measureIn(text);
  if (found === null) return "none";
  if ("problem" in found) return `! ${found.problem.zh}`;
  return [found.candidates.map(({ id }) => id).join("|"), found.rest].filter(Boolean).join(" of ");
};

test.each([
  ["准确率", "accuracy"],
  ["模型回答准确率", "accuracy"],
  ["意图识别准确率", "accuracy of 意图识别"],
  ["首字延迟 P95", "ttft-p95"],
  ["P95 首字响应时间", "ttft-p95"],
  ["首 Token 时延（P99）", "ttft-p99"],
  ["首字延迟95分位", "ttft-p95"],
  ["TTFT-P50", "ttft-p50"],
  ["TP99 响应时间", "e2e-p99"],
  ["系统平均响应时间", "e2e-mean"],
  ["端到端时延中位数", "e2e-p50"],
  ["输出速度", "speed-p50"],
  ["可用性", "availability"],
  ["可用率（SLA 口径）", "availability-sla"],
  ["可用率（用户口径）", "availability-user"],
  ["TTFT覆盖率", "ttft-coverage"],
  ["应拒答率", "refusal-rate"],
  ["非拒答率", "over-refusal-rate"],
  ["首次成功率", "first-try-rate"],
  ["人工抽检一致性 κ", "kappa"],
  ["吞吐量", "throughput|token-throughput"],
  ["load-e2e-p99", "load-e2e-p99"],
  ["Cost per item", "cost-per-item"],
  ["售后响应时间 P95", "e2e-p95 of 售后"],
])("%s is %s", (text, id) => {
  expect(read(text)).toBe(id);
});

test("a name with several quantiles needs one", () => {
  expect(read("首字延迟")).toBe("! “首字延迟”要写明取哪一个：P50、P90、P95、P99、平均");
  expect(read("国产化适配")).toBe("none");
});

test("unknown names are told the nearest", () => {
  expect(unknownMeasure("准确绿").message.zh).toContain('“准确绿”这个指标；是否应为 "准确率"');
  expect(unknownMeasure("国产化适配").close).toBe(false);
});

test("ids are unlike, every measure is found by its own id and by its Chinese name", () => {
  expect(new Set(measures.map(({ id }) => id)).size).toBe(measures.length);
  for (const measure of measures) {
    expect(read(measure.id)).toBe(measure.id);
    const named = measureIn(measure.name.zh);
    const ids = named !== null && "candidates" in named ? named.candidates.map(({ id }) => id) : [];
    expect(ids).toContain(measure.id);
  }
});
