import type { Proof } from "../../domain/life/proof.ts";
import type { Env } from "../../store/config.ts";
import type { Vendor } from "../../store/providers/providers.ts";

import { standingAt } from "../../domain/life/life-cycle.ts";
import { providerList } from "../../report/catalogue/providers.ts";
import { staleList } from "../../report/catalogue/stale.ts";
import { jsonText } from "../../report/render/plain.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig, readEnv } from "../../store/config.ts";
import { variablesOf } from "../../store/providers/credentials.ts";
import { staleGroups } from "../../store/providers/facts/dated-facts.ts";
import { proofOf } from "../../store/providers/facts/proof.ts";
import { filledOr } from "../../store/providers/fill-env.ts";
import { allVendors } from "../../store/providers/providers.ts";
import { defineCommand, flag } from "../options.ts";
import { shared } from "../shared-options.ts";

export const command = defineCommand({
  usage: "[--stale] [--config f] [--json]",
  options: {
    stale: flag({
      zh: "只列要重查的资料：查于 90 多天前；没写日期的价格是自己的，不在其中",
      en: "only facts to look up again: older than 90 days; prices without a day are your own and not among them",
    }),
    config: shared.config,
    json: shared.json,
  },
  run: async ({ stale, config: named, json }, context) => {
    const config = await readConfig(context.cwd, named);
    const folder = builtinFolder("providers");
    const vendors = await allVendors(folder, config);
    const now = context.now();
    if (stale) {
      const found = vendors.map((vendor) => ({ id: vendor.id, groups: staleGroups(vendor, now) }));
      context.print(
        json
          ? jsonText(
              found.filter(({ groups }) => groups.length > 0),
              2,
            )
          : staleList(found, context.lang),
      );
      return 0;
    }
    const env = await readEnv(context.cwd, context.env);
    const rows = await Promise.all(
      vendors.map(async (vendor) => rowOf(vendor, await proofOf(vendor, folder), env, now)),
    );
    context.print(
      json ? jsonText(rows, 2) : providerList(rows, context.lang, context.columns, now),
    );
    return 0;
  },
});

type Secrets = Readonly<Record<string, boolean>>;

function rowOf(vendor: Vendor, proof: Proof | null, env: Env, now: Date) {
  const { id, title = id, protocol, egress = null, base_url, auth, models = [] } = vendor;
  const secrets: Secrets = Object.fromEntries(
    Object.values(variablesOf(auth ?? { scheme: "none" })).map((name) => [
      name,
      (env[name] ?? "") !== "",
    ]),
  );
  return {
    id,
    title,
    protocol,
    egress,
    base_url: filledOr(base_url, env),
    secrets,
    models: models.filter((row) => "id" in row).length,
    proof,
    standing: vendor.life === undefined ? null : standingAt(vendor.life, now),
    facts: vendor.facts ?? [],
    verified: vendor.verified ?? null,
    docs: vendor.docs ?? null,
  };
}
