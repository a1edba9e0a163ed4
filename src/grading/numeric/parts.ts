import type { Segment } from "../../text/segments/segment.ts";

import { seldom } from "../../text/finding/seldom.ts";
import { unitNamed } from "../../text/quantity/unit-expression.ts";
import { rejoinedParts } from "../announced.ts";
import { placesOf, type ReplyPlace } from "../asides.ts";
import { noneLeft } from "./clauses.ts";
import { withTablesTold } from "./tables/tables.ts";

/** A reply without marks of quotations, its calculations in one line each, and 0 for 一个都没有. */
export const inLine = (reply: string): string =>
  withNone(joinedLines(reply.includes(">") ? reply.replaceAll(quoted, "") : reply));

/** The mark of a quotation in Markdown. */
const quoted = /^[ \t]{0,3}>[ \t]?/gm;

/** The line end within a calculation that goes on in the next line: 204×3 ⏎ = 612. */
const chained =
  /\n[ \t]*(?=[=≈])|(?<=\d)\s?[,，]\s?(?:then|and then|再|然后|接着)\s?(?=[-+×*÷/]\s?\d[\d.]*\s?=)/g;
const mayChain = seldom(chained).may;
const mayHaveNone = seldom(noneLeft).may;

const joinedLines = (reply: string): string =>
  mayChain(reply) ? reply.replaceAll(chained, " ") : reply;
const withNone = (reply: string): string =>
  mayHaveNone(reply) ? reply.replaceAll(noneLeft, "0$1") : reply;

/** A part of a reply in which its answer may stand. */
export type PlacedPart = Segment & {
  /** Said for itself, beside the answer, or of an exercise that the model set. */
  readonly place: ReplyPlace;
  /** In or after the last correction of the reply, or before it. */
  readonly corrects: boolean;
  readonly corrected: boolean;
};

/** The parts of a reply without thinking, offers, invented questions and exercises; tables told cell by cell. */
export function partsOf(reply: string): readonly PlacedPart[] {
  const segments = rejoinedParts(reply);
  const places = placesOf(segments, reply);
  const placed: PlacedPart[] = [];
  let index = 0;
  for (const { kind, text, start, end, wrapper, name } of segments) {
    const place = places[index++] ?? "said";
    if (place === "practice") continue;
    placed.push({
      kind,
      text,
      start,
      end,
      wrapper,
      name,
      place,
      corrects: false,
      corrected: false,
    });
  }
  const told = withTablesTold(placed, reply);
  const turn = told.findLastIndex(isCorrection);
  return turn < 0
    ? told
    : told.map((part, index) => ({ ...part, corrects: index >= turn, corrected: index < turn }));
}

const isCorrection = ({ kind }: PlacedPart): boolean => kind === "correction";

const pair = /"([^"\n]{1,24})"\s*:\s*"?([^,"{}\n]{1,60})/g;

/** A value under its key: 90 minutes under "duration_minutes". */
export function underKey(part: PlacedPart): string {
  const { kind, name, text } = part;
  if (kind === "announcement" || name === null) return text;
  if (/^\{[^{}]*\}$/.test(text))
    return Array.from(text.matchAll(pair), ([, key = "", value = ""]) =>
      underKey({ ...part, name: `${name} ${key}`, text: value }),
    ).join("、");
  const words = name.replaceAll(/[_()（）-]+/g, " ").trim();
  const unit = /\S+$/.exec(words)?.[0] ?? "";
  const isNumber = /^[-\d.,\s]+$/.test(text);
  return `${words}: ${text}${isNumber && unitNamed(unit) !== null ? ` ${unit}` : ""}`;
}
