import { readdirSync } from "node:fs";

import type { Protocol } from "./protocol.ts";

const shared: ReadonlySet<string> = new Set(["protocol", "registry"]);

/** Ids of the protocols: the names of the files in this folder. */
export const protocolIds = (): readonly string[] =>
  readdirSync(import.meta.dirname)
    .filter((file) => /^[a-z0-9-]+\.(ts|js)$/.test(file))
    .map((file) => file.replace(/\.(ts|js)$/, ""))
    .filter((id) => !shared.has(id))
    .toSorted();

const loaded = new Map<string, Promise<Protocol | null>>();

/** Loads a protocol by its id, or null where there is none. Asked once for each answer, so it is kept. */
export function loadProtocol(id: string): Promise<Protocol | null> {
  const protocol = loaded.get(id) ?? load(id);
  loaded.set(id, protocol);
  return protocol;
}

async function load(id: string): Promise<Protocol | null> {
  if (!protocolIds().includes(id)) return null;
  const module = (await import(`../protocols/${id}.ts`)) as { protocol: Protocol };
  return module.protocol;
}
