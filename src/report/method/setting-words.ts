import type { Settings } from "../../domain/run-file/header.ts";

/** What a run records of itself beside its settings. */
type Recorded = "plan_digest" | "zone" | "status";

/** In Chinese what each setting of a run file is; its own name, which config and run file use, stands behind it. */
export const settingWords: Readonly<Record<keyof Settings | Recorded, string>> = {
  trials: "每题重复",
  seed: "种子",
  limit: "每个任务最多几题",
  draw: "从题库抽几题",
  filter: "只问",
  wordings: "换问法",
  concurrency: "并发路数",
  attempts: "一次调用最多试几回",
  deadlines_ms: "时限，毫秒",
  params: "参数",
  max_cost: "费用上限",
  max_tokens_total: "tokens 上限",
  max_cost_per_target: "每个目标的费用上限",
  max_tokens_per_target: "每个目标的 tokens 上限",
  via_sim: "接到模拟器",
  reseed: "新题的种子",
  cold: "防缓存的标记",
  batch: "批量提交",
  shard: "第几份",
  plan_digest: "计划的摘要",
  zone: "时区",
  status: "怎样结束",
};
