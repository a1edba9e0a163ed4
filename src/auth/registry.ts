import { readdirSync } from "node:fs";

import type { Scheme } from "./scheme.ts";

const shared: ReadonlySet<string> = new Set(["registry", "scheme"]);

/** Ids of the credential schemes: the names of the files in this folder. */
export const schemeIds = (): readonly string[] =>
  readdirSync(import.meta.dirname)
    .filter((file) => /^[a-z0-9-]+\.(ts|js)$/.test(file))
    .map((file) => file.replace(/\.(ts|js)$/, ""))
    .filter((id) => !shared.has(id))
    .toSorted();

const loaded = new Map<string, Promise<Scheme | null>>();

/** Loads a scheme by its id, or null where there is none. Asked once for each request, so it is kept. */
export function loadScheme(id: string): Promise<Scheme | null> {
  const scheme = loaded.get(id) ?? load(id);
  loaded.set(id, scheme);
  return scheme;
}

async function load(id: string): Promise<Scheme | null> {
  if (!schemeIds().includes(id)) return null;
  const module = (await import(`../auth/${id}.ts`)) as { scheme: Scheme };
  return module.scheme;
}
