import type { Dialect } from "./dialect.ts";

import { loadPlugin, pluginIds } from "../../plugins.ts";

/** Every dialect by vendor id. */
const dialects: ReadonlyMap<string, Dialect | null> = new Map(
  await Promise.all(
    pluginIds("simulator/dialects").map(
      async (id) => [id, await loadPlugin<Dialect>("simulator/dialects", id)] as const,
    ),
  ),
);

const plain: Dialect = {};

/** The vendor's dialect; an empty one where it has no file. */
export const dialectOf = (vendor: string | null | undefined): Dialect =>
  dialects.get(vendor ?? "") ?? plain;
