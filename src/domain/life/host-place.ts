import { z } from "zod";

import { record } from "../schema/readonly.ts";

/** Where data go, seen from the mainland. */
export const Egress = z.enum(["内网", "境内", "境外"]);
export type Egress = z.infer<typeof Egress>;

const Words = record({ zh: z.string().min(1), en: z.string().min(1) });

const placeShape = {
  region: Words.nullable().default(null).describe("data centre or country of the host"),
  operator: Words.nullable()
    .default(null)
    .describe("the legal person that runs it, and its country"),
  source: z.string().min(1).describe("address or name of what was read"),
  read: z.iso.date().describe("day on which it was read"),
  second_hand: z
    .literal(true)
    .exactOptional()
    .describe("not the vendor's own page: a relay, a tool, a report"),
};

/** Where a host stands and who answers for it, as somebody read it on a day. */
export const HostPlace = record(placeShape);
export type HostPlace = z.infer<typeof HostPlace>;

/** The same as a person writes them, by host. */
export const Places = z
  .record(z.string().min(1), z.strictObject(placeShape))
  .describe("by host: where it stands and who runs it, each with source and day");

/** The place of an address: that of its host, exact or below it. Null where none is known. */
export function placeOfUrl(
  places: Readonly<Record<string, HostPlace>> | undefined,
  url: string,
): HostPlace | null {
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  const known = Object.entries(places ?? {}).filter(
    ([name]) => host === name || host.endsWith(`.${name}`),
  );
  return known.toSorted(([a], [b]) => b.length - a.length)[0]?.[1] ?? null;
}
