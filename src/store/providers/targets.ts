import { dirname } from "node:path";

import type { Endpoint } from "../../calling/protocol.ts";
import type { Config, TargetSetting } from "../../domain/config.ts";
import type { LifeCycle } from "../../domain/life/life-cycle.ts";
import type { Proof } from "../../domain/life/proof.ts";
import type { Params } from "../../domain/params.ts";
import type { ModelRow } from "../../domain/provider.ts";
import type { BatchOffer } from "../../domain/request/batch-offer.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { ConfigFile, Env } from "../config.ts";
import type { Vendor } from "./providers.ts";

import { placeOfUrl } from "../../domain/life/host-place.ts";
import { sooner, standingAt } from "../../domain/life/life-cycle.ts";
import { priceAt, type PriceRow } from "../../domain/money.ts";
import { mergeParams } from "../../domain/prompt.ts";
import { UserError } from "../../domain/text.ts";
import { globMatches } from "../../text/glob.ts";
import { checkThinking } from "./check-thinking.ts";
import { isHttpUrl, noAddress } from "./check-vendor.ts";
import { commandEntry, commandOf, isCommand } from "./command.ts";
import { proofOf } from "./facts/proof.ts";
import { fillAll, fillEnv, fillSimulated } from "./fill-env.ts";
import { checkHeaders } from "./key-form.ts";
import { type Meant, meantBy } from "./meant-model.ts";
import { overlay } from "./merge.ts";
import { isPlain, networkEntry, readNetwork, type ReadNetwork } from "./network.ts";
import { ownEntry, withOwn } from "./own-request.ts";
import { openVendors } from "./providers.ts";
import { type DeclaredTarget, fullName, splitRef } from "./target-ref.ts";

/** A target as recorded in the run file, and how it is reached. */
export type ResolvedTarget = {
  readonly entry: TargetEntry;
  readonly endpoint: Endpoint;
  /** The vendor's price in force for another of its models; null where none is known. */
  readonly priceOf?: (model: string) => PriceRow | null;
  /** How its requests are handed in as batches; absent where they cannot be. */
  readonly batch?: BatchOffer;
} & Meant;

export type TargetOptions = {
  readonly config: ConfigFile | null;
  readonly folder?: string;
  readonly env: Env;
  /** Folder of the built-in providers. */
  readonly builtin: string;
  /** Decides which row of a dated price list applies. */
  readonly now: Date;
  /** Base URL of the simulator, which then replaces every vendor except the baselines. */
  readonly via_sim_url?: string | undefined;
  /** Concurrency of each lane; overrides the providers' own. */
  readonly concurrency?: number | null | undefined;
};

/** A vendor's row for one model. */
type Row = Omit<ModelRow, "id" | "match">;

/** Concurrency cap of a lane if neither the config nor the provider states one; it starts lower. */
const defaultConcurrency = 32;

/**
 * Resolves targets, applying the overrides of their provider's file and of the config.
 * Rejects with a `UserError` for an unknown provider, a reference without a model, two targets of one name, an invalid
 * base URL, and a `${NAME}` that the environment lacks.
 */
export async function resolveTargets(
  settings: readonly TargetSetting[],
  options: TargetOptions,
): Promise<readonly ResolvedTarget[]> {
  const vendors = openVendors(options.builtin, options.config, options.folder ?? null);
  const resolved: ResolvedTarget[] = [];
  const networks = new Map<string, Promise<ReadNetwork | null>>();
  for (const setting of settings) {
    const declared = declaredTarget(setting, options.config?.config ?? null);
    const { provider } = splitRef(declared.ref);
    const vendor = await vendors.get(provider);
    const known = withProof(
      resolveTarget(declared, vendor, options),
      isSimulated(vendor, options) ? null : await proofOf(vendor, options.builtin),
    );
    const reading = networks.get(provider) ?? networkOf(vendor, known.endpoint, options);
    networks.set(provider, reading);
    const target = withNetwork(known, await reading);
    if (resolved.some(({ entry }) => entry.ref === target.entry.ref)) throw twice(target.entry.ref);
    resolved.push(target);
  }
  return resolved;
}

/** Null if requests go directly or never leave this machine. One per vendor, because sockets are shared by network. */
async function networkOf(
  vendor: Vendor,
  { base_url }: Endpoint,
  options: TargetOptions,
): Promise<ReadNetwork | null> {
  if (isBaseline(vendor) || isCommand(vendor) || isSimulated(vendor, options)) return null;
  const { config, env } = options;
  const folder = config === null ? "" : dirname(config.file);
  const read = await readNetwork(vendor, { env, folder, base_url });
  return isPlain(read.network) ? null : read;
}

function withNetwork(target: ResolvedTarget, read: ReadNetwork | null): ResolvedTarget {
  if (read === null) return target;
  const network = networkEntry(read, target.endpoint.base_url);
  return {
    ...target,
    entry: network === null ? target.entry : { ...target.entry, network },
    endpoint: { ...target.endpoint, network: read.network },
  };
}

const withProof = (target: ResolvedTarget, proof: Proof | null): ResolvedTarget =>
  proof === null ? target : { ...target, entry: { ...target.entry, proof } };

/** The life cycle of a model, or of its platform where that ends first. */
export const lifeOf = (vendor: Vendor, model: string): LifeCycle | undefined =>
  sooner(modelRow(vendor, model).life, vendor.life);

/**
 * A vendor's row for a model: the provider's own, then globs in file order, then the exact id. If that is `like`
 * another model, the rows of the other model come before its own.
 */
export function modelRow(vendor: Vendor, model: string): Row {
  const own = rowsFor(vendor, model);
  const like = own.findLast((row) => row.like !== undefined)?.like;
  const rows = like === undefined ? own : [...rowsFor(vendor, like), ...own];
  const { request, usage, errors, limits, batch } = vendor;
  return rows.reduce<Row>(overlay, {
    request,
    usage,
    errors,
    limits,
    batch,
  });
}

function rowsFor({ models: rows = [] }: Vendor, model: string): readonly ModelRow[] {
  const globs = rows.filter((row) => "match" in row && globMatches(row.match, model));
  return [...globs, ...rows.filter((row) => "id" in row && row.id === model)];
}

/** A bare name gets the params of the config's target of that name, if there is one. */
function declaredTarget(setting: TargetSetting, config: Config | null): DeclaredTarget {
  if (typeof setting !== "string") return setting;
  const objects = (config?.targets ?? []).filter((each) => typeof each !== "string");
  return objects.find((each) => fullName(each) === setting) ?? { ref: setting };
}

function resolveTarget(
  declared: DeclaredTarget,
  vendor: Vendor,
  options: TargetOptions,
): ResolvedTarget {
  const { ref, as, reference = false, body, headers, ...params } = declared;
  const { model, variant, params: preset } = splitVariant(splitRef(ref).model, as, vendor);
  const row = modelRow(vendor, model);
  const own = { body, headers };
  const endpoint = withOwn(endpointOf(vendor, row, options), own, fillFor(vendor, options));
  const title = row.vendor ?? vendor.title ?? vendor.id;
  const life = isSimulated(vendor, options) ? undefined : lifeOf(vendor, model);
  const entry: TargetEntry = {
    ref: `${vendor.id}/${model}${variant === null ? "" : `@${variant}`}`,
    provider: vendor.id,
    model,
    variant,
    vendor: typeof title === "string" ? { zh: title, en: title } : title,
    base_model: row.base_model ?? null,
    ...returnedAs(row),
    protocol: vendor.protocol,
    base_url: publicUrl(endpoint.base_url),
    ...commandEntry(vendor),
    egress: isSimulated(vendor, options) ? "内网" : (vendor.egress ?? null),
    ...placeEntry(vendor, endpoint.base_url, options),
    params: mergeParams(preset, params),
    ...ownEntry(own),
    limits: {
      scope: row.limits?.scope ?? "account",
      concurrency: options.concurrency ?? row.limits?.concurrency ?? defaultConcurrency,
      rpm: row.limits?.rpm ?? null,
      tpm: row.limits?.tpm ?? null,
      ...((options.concurrency ?? row.limits?.concurrency) === undefined ? { assumed: true } : {}),
    },
    price: priceAt(row.price ?? null, options.now),
    reference,
    baseline: isBaseline(vendor),
    ...(life === undefined ? {} : { standing: standingAt(life, options.now) }),
  };
  checkThinking(entry, endpoint);
  const priceOf = (other: string) => priceAt(modelRow(vendor, other).price ?? null, options.now);
  return {
    entry,
    endpoint,
    priceOf,
    ...(row.batch === undefined || row.batch === false ? {} : { batch: row.batch }),
    ...(row.price !== undefined || isBaseline(vendor) ? {} : meantBy(vendor, model)),
  };
}

function placeEntry(
  vendor: Vendor,
  url: string,
  options: TargetOptions,
): Pick<TargetEntry, "place"> {
  const place = isSimulated(vendor, options) ? null : placeOfUrl(vendor.places, url);
  return place === null ? {} : { place };
}

/** A deployment that is like a model answers under that model's name. */
function returnedAs({ returned_as = [], like }: Row): Pick<TargetEntry, "returned_as"> {
  const names = [...returned_as, ...(like === undefined ? [] : [like, `${like}-20*`])];
  return names.length === 0 ? {} : { returned_as: names };
}

/** A trailing `@x` names a variant only if the target or the provider's file declares it. */
function splitVariant(
  name: string,
  as: string | undefined,
  vendor: Vendor,
): { readonly model: string; readonly variant: string | null; readonly params: Params } {
  const at = name.lastIndexOf("@");
  const [before, after] = at < 1 ? [name, null] : [name.slice(0, at), name.slice(at + 1)];
  const declared = after === null ? undefined : presetOf(vendor, before, after);
  if (after !== null && (after === as || declared !== undefined)) {
    return { model: before, variant: as ?? after, params: declared?.params ?? {} };
  }
  const preset = as === undefined ? undefined : presetOf(vendor, name, as);
  return { model: name, variant: as ?? null, params: preset?.params ?? {} };
}

function presetOf(vendor: Vendor, model: string, name: string) {
  const variants = modelRow(vendor, model).variants ?? {};
  return Object.hasOwn(variants, name) ? variants[name] : undefined;
}

function endpointOf(vendor: Vendor, row: Row, options: TargetOptions): Endpoint {
  const simulated = isSimulated(vendor, options);
  const fill = fillFor(vendor, options);
  const { auth = { scheme: "none" } } = vendor;
  // The simulator speaks the plain form of applications, at its own path.
  const isPlainApp = simulated && vendor.protocol === "http-app";
  const path = isPlainApp ? undefined : (row.path ?? vendor.path);
  const headers = fillAll(vendor.headers ?? {}, fill);
  checkHeaders(headers, vendor.headers ?? {}, vendor.id);
  return {
    provider: vendor.id,
    base_url: simulated ? viaSim(vendor, options) : validUrl(fill(vendor.base_url), vendor),
    path: path === undefined ? null : fill(path),
    query: fillAll(vendor.query ?? {}, fill),
    headers,
    ...(vendor.app === undefined || isPlainApp ? {} : { app: fillAll(vendor.app, fill) }),
    ...commandOf(vendor, options, fill),
    auth: auth.with === undefined ? auth : { ...auth, with: fillAll(auth.with, fill) },
    request: fillAll(row.request ?? {}, fill),
    usage: isPlainApp ? {} : (row.usage ?? {}),
    errors: row.errors ?? [],
    ...(row.limits?.response_characters === undefined
      ? {}
      : { response_characters: row.limits.response_characters }),
  };
}

const fillFor = (vendor: Vendor, options: TargetOptions): ((text: string) => string) =>
  isSimulated(vendor, options) ? fillSimulated : (text) => fillEnv(text, options.env, vendor.id);

const isBaseline = ({ protocol }: Vendor): boolean => protocol === "baseline";
const isSimulated = (vendor: Vendor, { via_sim_url }: TargetOptions): boolean =>
  via_sim_url !== undefined && !isBaseline(vendor) && !isCommand(vendor);

/** The simulator's base URL for this vendor, where it speaks the vendor's dialect. */
const viaSim = ({ id }: Vendor, { via_sim_url = "" }: TargetOptions): string =>
  `${new URL(via_sim_url).origin}/via/${id}/v1`;

function validUrl(text: string, vendor: Vendor): string {
  if (isBaseline(vendor) || isCommand(vendor) || isHttpUrl(text)) return text;
  const { zh, en } = noAddress(vendor.base_url);
  throw new UserError({
    zh: `服务商 ${vendor.id} 的 base_url ${zh}`,
    en: `base_url of provider ${vendor.id} ${en}`,
  });
}

/** The URL without possible secrets: user, password and query. */
function publicUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || (url.username === "" && url.password === "" && url.search === ""))
    return text;
  url.username = "";
  url.password = "";
  url.search = "";
  return url.href;
}

const twice = (ref: string): UserError =>
  new UserError({
    zh: `有两个目标都叫 ${ref}；请用 as: 给其中一个起名`,
    en: `two targets are named ${ref}; give one of them a name with as:`,
  });
