import type { Text } from "../../domain/text.ts";
import type { Extent, KeyPress } from "../keymap.ts";
import type { RulingDraft, MadeRuling, RulingUiState } from "./ui-state.ts";

import { pointsOf, rulings, valueOf } from "../../report/people/review/ruling.ts";

/** What a key triggers besides a new UI state. */
type RulingAction =
  | { readonly kind: "save"; readonly ruling: MadeRuling }
  | { readonly kind: "stop" }
  | null;

export type RulingKeyResult = { readonly ui: RulingUiState; readonly action: RulingAction };

export const initialRulingUiState = (revealed: boolean): RulingUiState => ({
  at: 0,
  scroll: 0,
  revealed,
  draft: null,
  note: null,
});

/** Length of the answer and of the queue, whether verdicts are shown from the start, and whether somebody is known who rules. */
export type RulingExtent = Extent & {
  readonly total: number;
  readonly revealed: boolean;
  readonly canRule: boolean;
};

/** The UI state after a key, and the action it triggers. */
export function handleRulingKey(
  before: RulingUiState,
  input: string,
  keys: KeyPress,
  extent: RulingExtent,
): RulingKeyResult {
  const ui = { ...before, note: null };
  if (keys.ctrl && input === "c") return { ui, action: { kind: "stop" } };
  if (ui.draft !== null) return draftKey(ui, ui.draft, input, keys);
  if (keys.ctrl) return { ui, action: null };
  const key = input.normalize("NFKC");
  if (key === "q") return { ui, action: { kind: "stop" } };
  return { ui: queueKey(ui, key, keys, extent), action: null };
}

/**
 * Terminals deliver fast typing or pasted text in one piece: this splits off the first key. A draft takes the whole
 * text at once; trailing line ends count as Enter.
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

const isEnter = (input: string, keys: KeyPress): boolean => keys.return || /^[\r\n]+$/.test(input);

/** Moves to another answer: at its first line, with its verdict hidden again unless verdicts are always shown. */
export const moveTo = (ui: RulingUiState, at: number, extent: RulingExtent): RulingUiState => {
  const to = Math.max(0, Math.min(at, extent.total));
  return to === ui.at
    ? ui
    : { at: to, scroll: 0, revealed: extent.revealed, draft: null, note: null };
};

function queueKey(
  ui: RulingUiState,
  key: string,
  keys: KeyPress,
  extent: RulingExtent,
): RulingUiState {
  const verdict = /^[1-9]$/.test(key) ? rulings[Number(key) - 1] : undefined;
  if (verdict !== undefined) {
    if (ui.at >= extent.total) return ui;
    if (!extent.canRule) return { ...ui, note: noReviewer };
    const field = verdict === "partial" ? "points" : "reason";
    return { ...ui, draft: { verdict, field, points: "", reason: "" } };
  }
  if (keys.rightArrow || isEnter(key, keys) || key === "n") return moveTo(ui, ui.at + 1, extent);
  if (keys.leftArrow || key === "p") return moveTo(ui, ui.at - 1, extent);
  if (key === "v") return { ...ui, revealed: !ui.revealed };
  const last = Math.max(0, extent.length - extent.room);
  const from = Math.min(ui.scroll, last);
  return { ...ui, scroll: Math.max(0, Math.min(last, from + stepOf(key, keys, extent))) };
}

function stepOf(key: string, keys: KeyPress, { length, room }: RulingExtent): number {
  if (keys.upArrow || key === "k") return -1;
  if (keys.downArrow || key === "j") return 1;
  if (keys.pageUp || key === "b") return -room;
  if (keys.pageDown || key === " ") return room;
  if (keys.home || key === "g") return -length;
  return keys.end || key === "G" ? length : 0;
}

const maxReasonChars = 2_000;
const segmenter = new Intl.Segmenter();

function draftKey(
  ui: RulingUiState,
  draft: RulingDraft,
  input: string,
  keys: KeyPress,
): RulingKeyResult {
  const stay = (next: RulingDraft | null, note: Text | null = null): RulingKeyResult => ({
    ui: { ...ui, draft: next, note },
    action: null,
  });
  if (keys.escape) return stay(null);
  if (isEnter(input, keys)) return enter(ui, draft);
  const { field } = draft;
  if (keys.ctrl) return input === "u" ? stay({ ...draft, [field]: "" }) : stay(draft);
  const text = keys.backspace ? withoutLast(draft[field]) : draft[field] + typed(input);
  return stay({ ...draft, [field]: text.slice(0, maxReasonChars) });
}

/** Typed or pasted input as one line of harmless text. */
const typed = (input: string): string =>
  input
    .toWellFormed()
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "");

const withoutLast = (text: string): string =>
  Array.from(segmenter.segment(text), ({ segment }) => segment)
    .slice(0, -1)
    .join("");

function enter(ui: RulingUiState, draft: RulingDraft): RulingKeyResult {
  const points = pointsOf(draft.points);
  const value = points === null ? { problem: badPoints } : valueOf(draft.verdict, points);
  if ("problem" in value) return { ui: { ...ui, draft, note: value.problem }, action: null };
  if (draft.field === "points") {
    return { ui: { ...ui, draft: { ...draft, field: "reason" } }, action: null };
  }
  const ruling = { verdict: draft.verdict, value: value.value, reason: draft.reason.trim() };
  return { ui, action: { kind: "save", ruling } };
}

const badPoints: Text = { zh: "得分应是 1 到 99 的数", en: "points must be a number from 1 to 99" };
const noReviewer: Text = {
  zh: "要裁定，请加 --reviewer 名字再运行一次",
  en: "to rule, start again with --reviewer NAME",
};
