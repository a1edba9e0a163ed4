import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { Manner } from "./manner.ts";

const names = readdirSync(join(import.meta.dirname, "manners"))
  .filter((name) => /^[a-z0-9-]+\.(?:ts|js)$/.test(name))
  .map((name) => name.replace(/\.(?:ts|js)$/, ""));

/** Every file of the folder `manners/`, by the id of the vendor. */
const manners: ReadonlyMap<string, Manner> = new Map(
  await Promise.all(
    names.map(async (name) => {
      const { manner } = (await import(`./manners/${name}.ts`)) as { readonly manner: Manner };
      return [name, manner] as const;
    }),
  ),
);

const plain: Manner = {};

/** What is this vendor's own; nothing where it has no file. */
export const mannerOf = (vendor: string | null | undefined): Manner =>
  manners.get(vendor ?? "") ?? plain;
