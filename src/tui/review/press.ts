import type { Text } from "../../domain/text.ts";
import type { Extent, Keys } from "../press.ts";
import type { Draft, MadeRuling, RulingLook } from "./scene.ts";

import { pointsOf, rulings, valueOf } from "../../report/review/ruling.ts";

/** What a key asks for, beside a changed look. */
export type RulingWish =
  | { readonly kind: "save"; readonly ruling: MadeRuling }
  | { readonly kind: "stop" }
  | null;

export type RulingPressed = { readonly look: RulingLook; readonly wish: RulingWish };

export const firstRulingLook = (revealed: boolean): RulingLook => ({
  at: 0,
  scroll: 0,
  revealed,
  draft: null,
  note: null,
});

/** What a key meets: how long the answer is, how long the queue, and whether verdicts are shown from the start. */
export type RulingExtent = Extent & { readonly total: number; readonly revealed: boolean };

/** The look after a key, and what else it asks for. */
export function pressRuling(
  before: RulingLook,
  input: string,
  keys: Keys,
  extent: RulingExtent,
): RulingPressed {
  const look = { ...before, note: null };
  if (keys.ctrl && input === "c") return { look, wish: { kind: "stop" } };
  if (look.draft !== null) return draftKey(look, look.draft, input, keys);
  if (keys.ctrl) return { look, wish: null };
  const key = input.normalize("NFKC");
  if (key === "q") return { look, wish: { kind: "stop" } };
  return { look: queueKey(look, key, keys, extent), wish: null };
}

/**
 * Terminals hand over what was typed fast, or pasted, in one piece: the part that is one key now, and the rest. Into a
 * reason all goes at once; a line end at the very end of it is Enter.
 */
export function firstKey(
  input: string,
  drafting: boolean,
): { readonly key: string; readonly rest: string } {
  if (input.length < 2) return { key: input, rest: "" };
  if (!drafting) {
    const [{ segment: key } = { segment: input }] = segmenter.segment(input);
    return { key, rest: input.slice(key.length) };
  }
  const text = input.replace(/[\r\n]+$/, "");
  if (text === "") return { key: "\r", rest: "" };
  return { key: text, rest: text === input ? "" : "\r" };
}

const isEnter = (input: string, keys: Keys): boolean => keys.return || /^[\r\n]+$/.test(input);

/** Another answer: from its first line on, and hidden again what was hidden. */
export const moveTo = (look: RulingLook, at: number, extent: RulingExtent): RulingLook => {
  const to = Math.max(0, Math.min(at, extent.total));
  return to === look.at
    ? look
    : { at: to, scroll: 0, revealed: extent.revealed, draft: null, note: null };
};

function queueKey(look: RulingLook, key: string, keys: Keys, extent: RulingExtent): RulingLook {
  const verdict = /^[1-9]$/.test(key) ? rulings[Number(key) - 1] : undefined;
  if (verdict !== undefined) {
    if (look.at >= extent.total) return look;
    const asks = verdict === "partial" ? "points" : "reason";
    return { ...look, draft: { verdict, asks, points: "", reason: "" } };
  }
  if (keys.rightArrow || isEnter(key, keys) || key === "n")
    return moveTo(look, look.at + 1, extent);
  if (keys.leftArrow || key === "p") return moveTo(look, look.at - 1, extent);
  if (key === "v") return { ...look, revealed: !look.revealed };
  const last = Math.max(0, extent.length - extent.room);
  const from = Math.min(look.scroll, last);
  return { ...look, scroll: Math.max(0, Math.min(last, from + stepOf(key, keys, extent))) };
}

function stepOf(key: string, keys: Keys, { length, room }: RulingExtent): number {
  if (keys.upArrow || key === "k") return -1;
  if (keys.downArrow || key === "j") return 1;
  if (keys.pageUp || key === "b") return -room;
  if (keys.pageDown || key === " ") return room;
  if (keys.home || key === "g") return -length;
  return keys.end || key === "G" ? length : 0;
}

const longestReason = 2_000;
const segmenter = new Intl.Segmenter();

function draftKey(look: RulingLook, draft: Draft, input: string, keys: Keys): RulingPressed {
  const stay = (next: Draft | null, note: Text | null = null): RulingPressed => ({
    look: { ...look, draft: next, note },
    wish: null,
  });
  if (keys.escape) return stay(null);
  if (isEnter(input, keys)) return enter(look, draft);
  const { asks } = draft;
  if (keys.ctrl) return input === "u" ? stay({ ...draft, [asks]: "" }) : stay(draft);
  const text = keys.backspace ? withoutLast(draft[asks]) : draft[asks] + typed(input);
  return stay({ ...draft, [asks]: text.slice(0, longestReason) });
}

/** What was typed or pasted, as one line of harmless text. */
const typed = (input: string): string =>
  input
    .toWellFormed()
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "");

const withoutLast = (text: string): string =>
  Array.from(segmenter.segment(text), ({ segment }) => segment)
    .slice(0, -1)
    .join("");

function enter(look: RulingLook, draft: Draft): RulingPressed {
  const points = pointsOf(draft.points);
  const value = points === null ? { problem: badPoints } : valueOf(draft.verdict, points);
  if ("problem" in value) return { look: { ...look, draft, note: value.problem }, wish: null };
  if (draft.asks === "points") {
    return { look: { ...look, draft: { ...draft, asks: "reason" } }, wish: null };
  }
  const ruling = { verdict: draft.verdict, value: value.value, reason: draft.reason.trim() };
  return { look, wish: { kind: "save", ruling } };
}

const badPoints: Text = { zh: "得分应是 1 到 99 的数", en: "points must be a number from 1 to 99" };
