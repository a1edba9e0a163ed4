import type { Text } from "../../domain/text.ts";
import type { Env } from "../../store/config.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";

import { clean } from "../../report/render/format.ts";
import { variablesOf } from "../../store/providers/credentials.ts";
import { nearest } from "../../text/edit-distance.ts";
import { listedModels } from "../init/probe.ts";

/** Of a server with more models, those shown. */
const mostNamed = 8;

/**
 * Which models a server has instead of the one that it was asked for, the one most likely meant before the others. Null where its
 * list is not to be had: another protocol, another scheme of keys, or no such path.
 */
export async function modelsInstead(
  { entry, endpoint }: ResolvedTarget,
  env: Env,
  signal: AbortSignal,
): Promise<Text | null> {
  const { scheme } = endpoint.auth;
  if (!entry.protocol.startsWith("openai-") || (scheme !== "none" && scheme !== "bearer"))
    return null;
  const [variable] = Object.values(variablesOf(endpoint.auth));
  const key = variable === undefined ? null : (env[variable]?.trim() ?? null);
  const { base_url: url, network } = endpoint;
  const listed = await listedModels(
    { url, key, ...(network === undefined ? {} : { network }) },
    signal,
  );
  if ("fault" in listed || listed.includes(entry.model)) return null;
  const meant = nearest(entry.model, listed);
  const names = [...new Set([...(meant === null ? [] : [meant]), ...listed])];
  const shown = names.slice(0, mostNamed).map((name) => clean(name, 80));
  const more = names.length > shown.length;
  return {
    zh: `把型号改成服务有的：${shown.join("、")}${more ? `……共 ${names.length} 个` : ""}`,
    en: `take a model that the server has: ${shown.join(", ")}${more ? `, … (${names.length} in all)` : ""}`,
  };
}
