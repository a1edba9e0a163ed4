import { z } from "zod";

import { record } from "../schema/readonly.ts";
import { beijingDate, daysBetween } from "./beijing-day.ts";

const Day = z.iso.date();

/** Where a fact was read and when; a fact without both cannot be checked again. */
const readShape = {
  source: z.string().min(1).describe("address or name of what was read"),
  read: Day.describe("day on which it was read"),
  second_hand: z
    .literal(true)
    .optional()
    .describe("not the vendor's own page: a relay, a tool, a report"),
};

/** How long a model or a platform answers, and under whose name. Days are Beijing's. */
export const LifeCycle = z.strictObject({
  alias: z
    .union([z.literal(true), z.string().min(1)])
    .optional()
    .describe(
      "the vendor points this name at another model when it likes; the model that it stood for",
    ),
  released: Day.optional(),
  noticed: Day.optional().describe("limits may shrink from this day on"),
  retires: Day.optional().describe("first day on which it does not answer any more"),
  successor: z.string().min(1).optional().describe("what the vendor recommends instead"),
  rerouted_to: z
    .string()
    .min(1)
    .optional()
    .describe("the model that answers under this name from then on, at its own price"),
  ...readShape,
});
export type LifeCycle = z.infer<typeof LifeCycle>;

/** Something that a vendor's file rests on, in words. */
export const Fact = z.strictObject({
  about: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  ...readShape,
});
export type Fact = z.infer<typeof Fact>;

/** What holds on one day: it answers, it will stop, it does not answer any more. */
const lifeStages = ["current", "retiring", "retired"] as const;
type LifeStage = (typeof lifeStages)[number];

/** What a run file keeps of a target's life cycle, as it was known when the run began. */
export const Standing = record({
  stage: z.enum(lifeStages),
  /** The model that the name stood for, true where that is unknown; null for a name that is no alias. */
  alias: z.union([z.literal(true), z.string()]).nullable(),
  /** Its limits may have shrunk when the run began, and its times with them. */
  noticed: z.boolean(),
  retires: Day.nullable(),
  successor: z.string().nullable(),
  rerouted_to: z.string().nullable(),
  source: z.string(),
  read: Day,
});
export type Standing = z.infer<typeof Standing>;

/** Days before the end from which on everything that asks a model says so. */
const warnedDays = 60;

/** What of a life cycle holds at a moment. */
export function standingAt(life: LifeCycle, at: Date): Standing {
  const today = beijingDate(at);
  const { alias = null, noticed, retires = null, successor = null, rerouted_to = null } = life;
  const stage = stageOn(retires, today);
  return {
    stage,
    alias,
    noticed: stage !== "current" || (noticed !== undefined && noticed <= today),
    retires,
    successor,
    rerouted_to,
    source: life.source,
    read: life.read,
  };
}

function stageOn(retires: string | null, today: string): LifeStage {
  if (retires === null) return "current";
  if (retires <= today) return "retired";
  return daysBetween(today, retires) <= warnedDays ? "retiring" : "current";
}

/** The life cycle that ends first: a model goes with its platform. */
export function sooner(
  model: LifeCycle | undefined,
  platform: LifeCycle | undefined,
): LifeCycle | undefined {
  if (model === undefined || platform?.retires === undefined) return model ?? platform;
  if (model.retires !== undefined && model.retires <= platform.retires) return model;
  return { ...platform, ...(model.alias === undefined ? {} : { alias: model.alias }) };
}
