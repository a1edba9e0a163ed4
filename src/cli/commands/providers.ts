import type { Env } from "../../store/config.ts";
import type { Vendor } from "../../store/providers/providers.ts";

import { providerList } from "../../report/catalogue/providers.ts";
import { jsonText } from "../../report/render/plain.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig, readEnv } from "../../store/config.ts";
import { variablesOf } from "../../store/providers/credentials.ts";
import { filledOr } from "../../store/providers/fill-env.ts";
import { allVendors } from "../../store/providers/providers.ts";
import { defineCommand } from "../options.ts";
import { shared } from "../shared-options.ts";

export const command = defineCommand({
  usage: "[--config f] [--json]",
  options: { config: shared.config, json: shared.json },
  run: async ({ config: named, json }, context) => {
    const config = await readConfig(context.cwd, named);
    const vendors = await allVendors(builtinFolder("providers"), config);
    const env = await readEnv(context.cwd, context.env);
    const rows = vendors.map((vendor) => rowOf(vendor, env));
    context.print(json ? jsonText(rows, 2) : providerList(rows, context.lang, context.columns));
    return 0;
  },
});

type Secrets = Readonly<Record<string, boolean>>;

function rowOf(vendor: Vendor, env: Env) {
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
    verified: vendor.verified ?? null,
    docs: vendor.docs ?? null,
  };
}
