import { globMatches } from "../glob.ts";

/**
 * How the name of the model that answered stands to the one that was asked for. `same`: the same name. `dated`: one is the
 * other with a date or a revision behind it. `alias`: the vendor's file says that both are one model, or one of them has
 * the maker's name before it. `other`: nothing says that they are one.
 */
export type NameRelation = "same" | "dated" | "alias" | "other";

/** `known` are globs over further names of the asked model. Case is ignored. */
export function nameRelation(
  asked: string,
  returned: string,
  known: readonly string[] = [],
): NameRelation {
  // As for nearly every answer.
  if (asked === returned) return "same";
  const [was, came] = [folded(asked), folded(returned)];
  if (was === came) return "same";
  if (isDated(came, was) || isDated(was, came)) return "dated";
  if (known.some((glob) => globMatches(glob, returned))) return "alias";
  const [wasBare, cameBare] = [bare(was), bare(came)];
  if (wasBare.maker !== null && cameBare.maker !== null) return "other";
  const isOne =
    wasBare.name === cameBare.name ||
    isDated(cameBare.name, wasBare.name) ||
    isDated(wasBare.name, cameBare.name);
  return isOne ? "alias" : "other";
}

/** Google names models `models/…`. */
const folded = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/^models\//, "");

/** `qwen/qwen3-32b`: a maker and a name. A path with more parts is a file or an account's own. */
function bare(name: string): { readonly maker: string | null; readonly name: string } {
  const parts = name.split("/");
  return parts.length === 2
    ? { maker: parts[0] ?? "", name: parts[1] ?? "" }
    : { maker: null, name };
}

const year = "20[2-4]\\d";
const month = "(?:0[1-9]|1[0-2])";
const day = "(?:0[1-9]|[12]\\d|3[01])";

/**
 * What vendors put behind a name for one edition of the same model: 2026-04-28, 20260428, 2026, 04-2026, 260428, 2604, 0428, 001,
 * v1:0 (Bedrock), main or a commit (Hugging Face), latest. A bare number such as the 5 of sonnet-4-5 or the .1 of v3.1 is
 * the name of another model.
 */
const edition = new RegExp(
  `^(?:[-_.@:](?:${[
    `${year}(?:[-_.]?${month}(?:[-_.]?${day})?)?`,
    `${month}[-_.]${year}`,
    `2\\d${month}${day}`,
    `2\\d${month}`,
    `${month}[-_.]?${day}`,
    "0\\d\\d",
  ].join("|")})(?:-v\\d+:\\d+)?|-v\\d+:\\d+|@(?:main|[0-9a-f]{7,40})|:latest|-latest)$`,
);

const isDated = (name: string, base: string): boolean =>
  name.startsWith(base) && edition.test(name.slice(base.length));
