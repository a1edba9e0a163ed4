import { readdirSync } from "node:fs";

import type { Generator } from "./kit/generator.ts";

/** Ids of the generators: the names of the files in this folder, sorted. */
export function generatorIds(): readonly string[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => /^[a-z0-9-]+\.(?:ts|js)$/.test(name))
    .map((name) => name.slice(0, name.lastIndexOf(".")))
    .filter((id) => id !== "registry")
    .toSorted();
}

/** A generator, or null where there is none of that name. */
export async function loadGenerator(id: string): Promise<Generator | null> {
  if (!generatorIds().includes(id)) return null;
  const module = (await import(/* @vite-ignore */ `./${id}.ts`)) as {
    readonly generator: Generator;
  };
  return module.generator;
}
