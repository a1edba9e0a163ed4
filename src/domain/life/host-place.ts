import { z } from "zod";

import type { Lang, Text } from "../text.ts";

import { inEitherLanguage } from "../schema/either-language.ts";
import { record } from "../schema/readonly.ts";

/** Where data go, seen from the mainland, as files hold it. */
export type Egress = "内网" | "境内" | "境外";

/** The same for readers; either word may be written in YAML. */
export const egressWords: Readonly<Record<Egress, Text>> = {
  内网: { zh: "内网", en: "in-house" },
  境内: { zh: "境内", en: "mainland" },
  境外: { zh: "境外", en: "abroad" },
};

/** As a person writes it; read as the Chinese word. */
export const Egress = inEitherLanguage<Egress>(egressWords);

/** A place of a run file, which may be of an earlier version, for a reader. */
export const egressWord = (place: string, lang: Lang): string =>
  Object.values(egressWords).find(({ zh }) => zh === place)?.[lang] ?? place;

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
