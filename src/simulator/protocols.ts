import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { Protocol } from "./protocol.ts";

const folder = join(import.meta.dirname, "protocols");

/** Every wire protocol of the folder `protocols/`, by name. */
export async function loadProtocols(): Promise<readonly Protocol[]> {
  const names = readdirSync(folder)
    .filter((name) => /^[a-z0-9-]+\.(?:ts|js)$/.test(name))
    .toSorted();
  return Promise.all(
    names.map(async (name) => {
      const { protocol } = (await import(`./protocols/${name.replace(/\.(?:ts|js)$/, "")}.ts`)) as {
        readonly protocol: Protocol;
      };
      return protocol;
    }),
  );
}
