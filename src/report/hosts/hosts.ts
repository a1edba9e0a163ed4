import type { Params } from "../../domain/params.ts";
import type { RunLine, TargetEntry } from "../../domain/run-file/header.ts";
import type { Estimate } from "../../stats/interval.ts";
import type { ModelNames } from "../asked/models.ts";
import type { Summary } from "../score/summary.ts";
import type { TargetView } from "../view/model.ts";
import type { HostAnswer, MeasureId } from "./measures.ts";

import { servedModel } from "../../domain/family.ts";
import { mergeParams } from "../../domain/prompt.ts";
import { UserError } from "../../domain/text.ts";
import { type StatedParam, statedParams } from "../../engine/plan/host-defaults.ts";
import { modelNamesOf, otherModels } from "../asked/models.ts";
import { summaryOf } from "../score/summary.ts";
import { buildTree } from "../score/tree.ts";
import { type Conformity, conformityOf, type ItemAnswers } from "./conformity.ts";
import { kinshipOf } from "./kinship.ts";
import { answersOf, type AskedAnswers, type HostsReading } from "./read.ts";

/** What was sent of a param: its values over the items, `null` among them where it was left to the host. */
type ParamSent = {
  readonly param: StatedParam;
  readonly values: readonly (number | null)[];
  /** It was asked for and could not be sent. */
  readonly dropped: boolean;
};

/** Figures that are shown side by side without a verdict: a host may be as fast and as dear as it likes. */
export type HostFigures = Pick<
  Summary,
  "target" | "vendor" | "simulated" | "first_token_ms" | "speed" | "cost_per" | "unverified_price"
> &
  ModelNames & {
    readonly egress: string | null;
    readonly answers: number;
    /** Trials of an item, the fewest and the most. */
    readonly trials: readonly [number, number];
    readonly params: readonly ParamSent[];
    /** Names that came back and are those of other models, with the share of answers that hold them. */
    readonly other_names: readonly { readonly id: string; readonly share: number }[];
  };

export type HostResult = {
  readonly figures: HostFigures;
  /** Items that both answered, asked alike. */
  readonly items: number;
  /** Items of the official service that it was not asked, and that it was asked in other words. */
  readonly items_missing: number;
  readonly items_asked_otherwise: number;
  /** Items that only it was asked. */
  readonly items_extra: number;
  readonly measures: readonly Conformity[];
  /** See `kinshipOf`. */
  readonly kinship: Estimate | null;
  /** Its answers are right and wrong on other items than the official service's, beyond chance. */
  readonly behaves_as_another: boolean;
};

export type HostsReport = {
  readonly official: HostFigures;
  readonly hosts: readonly HostResult[];
  /** Items that the official service was asked twice or more, which the band rests on. */
  readonly repeated_items: number;
  readonly level: number;
  readonly seed: number;
};

export type HostsOptions = {
  readonly official: string;
  /** Targets to compare; empty: all that serve the same model. */
  readonly hosts: readonly string[];
  readonly seed: number;
  readonly tolerance?: Partial<Record<MeasureId, number>>;
  readonly draws?: number;
};

const level = 0.05;
/** Below this a host is said to be another model: kinship of the same model is 1, of others what hard items share. */
const kin = 0.9;

/** Compares hosts of one model with its official service. Throws a UserError where there is nothing to compare. */
export function hostsReport(reading: HostsReading, options: HostsOptions): HostsReport {
  const { view } = reading;
  const official = view.byRef.get(options.official);
  if (official === undefined) throw unknownTarget(options.official, reading);
  const hosts = hostsOf(reading, official, options.hosts);
  const own = answersOf(reading, official);
  const repeated = [...own.values()].filter((answers) => answers.length > 1).length;
  return {
    official: figuresOf(reading, official, own),
    hosts: hosts.map((host) => {
      const other = answersOf(reading, host);
      const { items, ...counts } = pairItems(own, other);
      // One answer an item says nothing of what the official service's own repeats do.
      const judgeable = items.filter((item) => item.official.length > 1);
      const measures = conformityOf(judgeable, {
        seed: options.seed,
        hosts: hosts.length,
        level,
        tolerance: options.tolerance ?? {},
        ...(options.draws === undefined ? {} : { draws: options.draws }),
      });
      const kinship = kinshipOf(judgeable);
      const isOut = (id: MeasureId) =>
        measures.some(({ measure, verdict }) => measure === id && verdict === "outside");
      const low = (kinship?.interval?.high ?? 1) < kin;
      return {
        figures: figuresOf(reading, host, other),
        items: items.length,
        ...counts,
        measures: judgeable.length > 0 ? measures : singles(items, options),
        kinship,
        behaves_as_another: low && (isOut("agreement") || isOut("effect")),
      };
    }),
    repeated_items: repeated,
    level,
    seed: options.seed,
  };
}

/** The figures of services that were asked once, without any verdict. */
function singles(items: readonly ItemAnswers[], { seed }: HostsOptions): readonly Conformity[] {
  return conformityOf(items, { seed, hosts: 1, level, draws: 1 }).map((each) =>
    each.verdict === "absent"
      ? each
      : { ...each, verdict: "open", band: null, p: null, items_needed: null },
  );
}

function hostsOf(
  reading: HostsReading,
  official: TargetView,
  named: readonly string[],
): readonly TargetView[] {
  const { view } = reading;
  if (named.length > 0)
    return named
      .filter((ref) => ref !== official.ref)
      .map((ref) => {
        const host = view.byRef.get(ref);
        if (host === undefined) throw unknownTarget(ref, reading);
        return host;
      });
  const model = official.entry === null ? null : servedModel(official.entry);
  const same = view.targets.filter(
    ({ ref, entry }) =>
      ref !== official.ref && entry?.baseline === false && servedModel(entry) === model,
  );
  if (same.length > 0) return same;
  const others = view.targets.map(({ ref }) => ref).filter((ref) => ref !== official.ref);
  throw new UserError({
    zh: `运行里没有别的目标与 ${official.ref} 是同一模型（按 base_model 或模型名 ${model ?? "?"} 认）。用 --host 指明要比的目标：${others.join("、") || "无"}；或在配置里给各家写上 base_model。`,
    en: `No other target of the run serves the model of ${official.ref} (known by base_model or the model's name ${model ?? "?"}). Name them with --host: ${others.join(", ") || "none"}; or give the hosts a base_model in the config.`,
  });
}

function unknownTarget(ref: string, { view }: HostsReading): UserError {
  const known = view.targets.map((each) => each.ref);
  return new UserError({
    zh: `运行里没有目标 ${ref}；有：${known.join("、") || "无"}。请一并给出官方服务的运行文件。`,
    en: `The run holds no target ${ref}; it holds: ${known.join(", ") || "none"}. Name the run file of the official service as well.`,
  });
}

/** Items that both answered, asked alike; the answers of each in the order in which they came. */
function pairItems(own: AskedAnswers, other: AskedAnswers) {
  const items: ItemAnswers[] = [];
  let [items_missing, items_asked_otherwise] = [0, 0];
  for (const [item, answers] of own) {
    const theirs = other.get(item);
    const ask = answers[0]?.ask;
    const same = (list: typeof answers): readonly HostAnswer[] =>
      list.flatMap((each) => (each.ask === ask ? [each.answer] : []));
    if (theirs === undefined) items_missing++;
    else if (same(theirs).length === 0) items_asked_otherwise++;
    else items.push({ official: same(answers), host: same(theirs) });
  }
  const items_extra = [...other.keys()].filter((item) => !own.has(item)).length;
  return { items, items_missing, items_asked_otherwise, items_extra };
}

function figuresOf(reading: HostsReading, target: TargetView, asked: AskedAnswers): HostFigures {
  const { view } = reading;
  const summary = summaryOf(view, target, { root: buildTree(view, null), board: null });
  const names = modelNamesOf(target);
  const returned = names.models_returned.reduce((sum, { answers }) => sum + answers, 0);
  const counts = [...asked.values()].map((answers) => answers.length);
  const { vendor, simulated, first_token_ms, speed, cost_per, unverified_price } = summary;
  return {
    target: target.ref,
    vendor,
    simulated,
    first_token_ms,
    speed,
    cost_per,
    unverified_price,
    ...names,
    egress: target.entry?.egress ?? null,
    answers: counts.reduce((sum, each) => sum + each, 0),
    trials: [Math.min(...counts, Number.POSITIVE_INFINITY), Math.max(0, ...counts)],
    params: paramsOf(reading, target),
    other_names: otherModels(names).map(({ id, answers }) => ({ id, share: answers / returned })),
  };
}

function paramsOf(
  { view, params, dropped }: HostsReading,
  { ref }: TargetView,
): readonly ParamSent[] {
  const sent = view.runs.flatMap((run) => {
    const entry = run.targets.find((each) => each.ref === ref);
    return entry === undefined ? [] : sentParams(run, entry, params);
  });
  return statedParams.map((param) => ({
    param,
    values: [...new Set(sent.map((each) => each[param] ?? null))],
    dropped: dropped.get(ref)?.has(param) === true,
  }));
}

const sentParams = (
  { settings }: RunLine,
  entry: TargetEntry,
  params: readonly Params[],
): readonly Params[] =>
  (params.length === 0 ? [{}] : params).map((item) =>
    mergeParams(item, settings.params, entry.params),
  );
