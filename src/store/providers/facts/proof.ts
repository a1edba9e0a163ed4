import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Proof } from "../../../domain/life/proof.ts";
import type { Vendor } from "../providers.ts";

import { formats } from "../../../domain/formats.ts";
import { memberOf, textOf } from "../../../domain/json.ts";
import { fillSimulated } from "../fill-env.ts";

/** Where recordings of real accounts lie, below the folder of the vendors' files. */
const recordingsFolder = "recordings";

/**
 * What shows that a vendor is spoken to as it expects. A recording counts where its calls went to the address that the
 * vendor's file names, and not to the simulator or a gateway. Null for what is nobody's API or that no file of ours describes:
 * the baselines, the simulator, and a user's own server.
 */
export async function proofOf(vendor: Vendor, builtin: string): Promise<Proof | null> {
  if (vendor.protocol === "command") return { kind: "command", on: null };
  const isOurs = existsSync(join(builtin, `${vendor.id}.yaml`));
  if (!isOurs || vendor.protocol === "baseline" || vendor.id === "sim") return null;
  const days = await recordedDays(vendor, join(builtin, recordingsFolder));
  const newest = days.toSorted().at(-1);
  if (newest !== undefined) return { kind: "recorded", on: newest };
  return { kind: vendor.sdk === undefined ? "simulated" : "sdk", on: null };
}

async function recordedDays(vendor: Vendor, folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const own = names.filter((name) => name.startsWith(`${vendor.id}.`) && name.endsWith(".json"));
  const days = await Promise.all(own.map((name) => dayOf(join(folder, name), vendor)));
  return days.filter((day) => day !== null);
}

async function dayOf(file: string, vendor: Vendor): Promise<string | null> {
  const json: unknown = JSON.parse(await readFile(file, "utf8"));
  const host = URL.parse(fillSimulated(vendor.base_url))?.host;
  const isReal =
    memberOf(json, "schema") === formats.recording &&
    memberOf(json, "provider") === vendor.id &&
    memberOf(json, "simulated") === false &&
    memberOf(json, "host") === host;
  return isReal ? textOf(memberOf(json, "recorded_on")) : null;
}
