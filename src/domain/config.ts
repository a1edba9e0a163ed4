import { z } from "zod";

import { formats } from "./formats.ts";
import { Id } from "./id.ts";
import { combinations } from "./judging.ts";
import { Currency } from "./money.ts";
import { Params } from "./params.ts";
import { ProviderPatch } from "./provider.ts";
import { expected } from "./schema/expected.ts";

/** A duration such as `500ms`, `10s`, `5m`, `1h`. */
const Duration = z
  .string()
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, {
    error: expected("时长（如 500ms、10s、5m、1h）", "a duration such as 500ms, 10s, 5m, 1h"),
  })
  .describe("such as 500ms, 10s, 5m, 1h");

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a valid `Duration`. */
export function durationMs(duration: string): number {
  const unit = duration.replace(/^[\d.]+/, "");
  return Number.parseFloat(duration) * (unitMs[unit] ?? Number.NaN);
}

const Amount = z.strictObject({ amount: z.number().nonnegative(), currency: Currency });

export const TargetSetting = z.union([
  z.string().min(3).describe("provider/model, or provider/model@variant"),
  z.strictObject({
    ref: z.string().min(3),
    as: Id.optional().describe("the variant's name, shown after @"),
    reference: z.boolean().optional(),
    body: z
      .record(z.string(), z.json())
      .optional()
      .describe("merged into every request, over the vendor's own; null leaves a member out"),
    headers: z
      .record(z.string(), z.string())
      .optional()
      .describe("sent with every request; may name ${ENV} or ${ENV:-default}"),
    ...Params.shape,
  }),
]);
export type TargetSetting = z.infer<typeof TargetSetting>;

export const DeadlineSettings = z.strictObject({
  connect: Duration.optional(),
  first_byte: Duration.optional(),
  idle: Duration.optional(),
  total: Duration.optional(),
});

export type DeadlineSettings = z.infer<typeof DeadlineSettings>;

export const Fx = z.record(
  z.string().regex(/^[A-Z]{3}_[A-Z]{3}$/, {
    error: expected("货币对（如 USD_CNY）", "a currency pair such as USD_CNY"),
  }),
  z.strictObject({ rate: z.number().positive(), date: z.iso.date(), source: z.string().min(1) }),
);
export type Fx = z.infer<typeof Fx>;

const RunSettings = z.strictObject({
  trials: z.int().positive().optional(),
  seed: z.int().nonnegative().optional(),
  limit: z.int().positive().optional().describe("items per task"),
  wordings: z.boolean().optional(),
  concurrency: z.int().positive().optional().describe("per lane; start and cap"),
  attempts: z.int().positive().optional(),
  deadlines: DeadlineSettings.optional(),
  params: Params.optional().describe("over the suites' own"),
  max_cost: Amount.optional(),
  max_tokens_total: z.int().positive().optional(),
  max_cost_per_target: Amount.optional(),
  max_tokens_per_target: z.int().positive().optional(),
  fx: Fx.optional(),
});
export type RunSettings = z.infer<typeof RunSettings>;

export const Gate = z.strictObject({
  max_error_rate: z.number().min(0).max(1).optional(),
  min_coverage: z.number().min(0).max(1).optional(),
  min_score: z
    .record(z.string(), z.number().min(0).max(100))
    .optional()
    .describe(
      "points of 100 by dimension such as 中文特性/成语, or 总分 (total); the interval's lower bound counts",
    ),
  max_red_lines: z
    .int()
    .nonnegative()
    .default(0)
    .describe("wrong answers to items of severity 红线"),
  same_model: z
    .boolean()
    .optional()
    .describe("no other model than the asked one may answer; on in nightly unless false"),
  max_cost: Amount.optional().describe("of the whole run, judges included"),
  max_first_token_p95: Duration.optional(),
  regression: z
    .strictObject({
      latency: z.boolean().default(false),
      cost: z.boolean().default(false),
      margin: z.number().positive().max(100).default(5).describe("points within which it is a tie"),
    })
    .optional()
    .describe("against the baseline; the score always counts"),
});
export type Gate = z.infer<typeof Gate>;

/** A webhook for the nightly report. Its address is a secret, so it comes from the environment. */
export const Notify = z.strictObject({
  kind: z.enum(["企业微信", "钉钉", "飞书", "generic"]),
  url_env: z.string().min(1).describe("environment variable of the webhook's address"),
  secret_env: z.string().min(1).optional().describe("environment variable of its signing secret"),
  when: z
    .enum(["always", "changes"])
    .default("always")
    .describe("always: every night; changes: events, and a digest on Mondays"),
});
export type Notify = z.infer<typeof Notify>;

const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
  error: expected("时刻（如 02:00）", "a time of day such as 02:00"),
});

/** A known change that is not told again. */
const Ack = z.strictObject({
  alarm: z.string().min(1).describe("the alarm's name, as the report and the message give it"),
  by: z.string().min(1).optional(),
  note: z.string().min(1).optional(),
  until: z.iso.date().optional().describe("the day from which it is told again"),
});
export type Ack = z.infer<typeof Ack>;

/** The probe around the clock: a few fixed items of the board, asked once each at an interval. */
export const ProbeSettings = z.strictObject({
  every: Duration.default("20m").describe("interval, counted from midnight in Beijing"),
  items: z
    .int()
    .min(1)
    .max(50)
    .default(3)
    .describe("how many items: one of each of so many tasks, always the same ones"),
  filter: z
    .string()
    .min(1)
    .optional()
    .describe("which tasks instead, as run --filter; one item each"),
  max_cost: Amount.optional().describe("of a day, all targets together"),
});
export type ProbeSettings = z.infer<typeof ProbeSettings>;

/** What `baimo nightly` does with its history, and whom it tells when. Times are those of Beijing. */
export const NightlySettings = z.strictObject({
  keep: z
    .int()
    .positive()
    .optional()
    .describe("nights whose run files stay; older ones are kept as compact records alone"),
  slots: z
    .array(ClockTime)
    .default([])
    .describe("times of day that are judged apart, such as 02:00, 10:00, 15:00"),
  retry_after: Duration.default("10m").describe(
    "wait before a target that did not answer is asked again",
  ),
  quiet: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, {
      error: expected("时段（如 22:00-08:00）", "hours such as 22:00-08:00"),
    })
    .optional()
    .describe("hours in which no message is sent; it is sent by the next call after them"),
  remind: z.int().positive().default(7).describe("days after which an open alarm is told again"),
  probe: ProbeSettings.optional().describe("what nightly --probe asks around the clock"),
  acks: z.array(Ack).default([]).describe("alarms that somebody has seen"),
});
export type NightlySettings = z.infer<typeof NightlySettings>;

/** Models that judge together. The settings next to `use` override the suite's. */
const JudgePanel = z.union([
  z.array(TargetSetting).min(1),
  z.strictObject({
    use: z.array(TargetSetting).min(1),
    votes: z.int().min(1).max(9).optional().describe("of each judge"),
    combine: z.enum(combinations).optional(),
    min_valid: z.int().positive().optional().describe("votes that a verdict needs"),
    same_family: z
      .enum(["refuse", "allow"])
      .optional()
      .describe("whether a judge may grade models of its own family"),
  }),
]);
type JudgePanel = z.infer<typeof JudgePanel>;

/** A command of the user's own that runs programs of a language, outside of any box. */
export const CodeRunner = z.strictObject({
  command: z
    .array(z.string().min(1))
    .min(1)
    .describe("program and arguments; {file} stands for the file with the model's program"),
  file: z
    .string()
    .regex(/^[\w][\w.-]*$/, {
      error: expected("文件名（如 main.go）", "a file's name such as main.go"),
    })
    .describe("name of that file, such as main.go"),
  env: z
    .record(z.string().min(1), z.string())
    .optional()
    .describe("its whole environment; without it, only PATH=/usr/local/bin:/usr/bin:/bin"),
});
export type CodeRunner = z.infer<typeof CodeRunner>;

/** `baimo.yaml`. */
export const Config = z.strictObject({
  schema: z.literal(formats.config),
  suites: z.array(z.string().min(1)).optional().describe("suite ids, files or folders"),
  targets: z.array(TargetSetting).min(1).optional(),
  judges: z
    .record(Id, JudgePanel)
    .optional()
    .describe("panels by name; suites that name none use the one called default"),
  providers: z.record(Id, ProviderPatch).optional(),
  run: RunSettings.optional(),
  gate: Gate.optional(),
  nightly: NightlySettings.optional(),
  notify: z.array(Notify).optional().describe("where the nightly report goes"),
  graders: z.record(Id, z.string().min(1)).optional().describe("in-house graders: id to file"),
  runners: z
    .record(Id, CodeRunner)
    .optional()
    .describe("languages that the grader code runs by your own commands, at your own risk"),
  egress: z
    .strictObject({ allow: z.array(z.string().min(1)) })
    .optional()
    .describe("providers that may receive inner data against the default rule"),
});
export type Config = z.infer<typeof Config>;
