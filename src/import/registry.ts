import { readdirSync } from "node:fs";

import type { Importer } from "./kit/importer.ts";

import { UserError } from "../domain/text.ts";
import { nearest } from "../store/nearest.ts";

/** Ids of the importers: the names of the files in this folder, sorted. */
export function importerIds(): readonly string[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => /^[a-z0-9-]+\.(?:ts|js)$/.test(name))
    .map((name) => name.slice(0, name.lastIndexOf(".")))
    .filter((id) => id !== "registry")
    .toSorted();
}

/** An importer by its id. Rejects with a `UserError` that lists them where there is none of that name. */
export async function loadImporter(id: string): Promise<Importer> {
  const ids = importerIds();
  if (!ids.includes(id)) {
    const near = nearest(id, ids);
    throw new UserError({
      zh: `没有 ${id} 这种格式${near === null ? "" : `，是不是 ${near}？`}（可用：${ids.join("、")}）`,
      en: `there is no format ${id}${near === null ? "" : `; did you mean ${near}?`} (known: ${ids.join(", ")})`,
    });
  }
  const module = (await import(/* @vite-ignore */ `./${id}.ts`)) as { readonly importer: Importer };
  return module.importer;
}
