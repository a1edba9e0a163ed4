import type { UiState, Page } from "./ui-state.ts";

import { pages } from "./ui-state.ts";

/** What a key triggers besides a new UI state. */
type Action = "open" | "pause" | "stop" | null;

export type KeyResult = { readonly ui: UiState; readonly action: Action };

/** The keys that matter here, as Ink names them. */
export type KeyPress = {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageUp: boolean;
  readonly pageDown: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly backspace: boolean;
  readonly tab: boolean;
  readonly shift: boolean;
  readonly ctrl: boolean;
};

/** Length of the current page or conversation, and how much of it is visible at once. */
export type Extent = { readonly length: number; readonly room: number };

/** The UI state after a key, and the action it triggers. */
export function handleKey(ui: UiState, input: string, keys: KeyPress, extent: Extent): KeyResult {
  if (input === "q" || (keys.ctrl && input === "c")) return { ui, action: "stop" };
  if (keys.ctrl) return { ui, action: null };
  if (ui.reading !== null) return { ui: readingKey(ui, input, keys, extent), action: null };
  if (input === "p" || input === " ") return { ui, action: "pause" };
  if (keys.return) return { ui, action: "open" };
  return { ui: pageKey(ui, input, keys, extent), action: null };
}

function readingKey(ui: UiState, input: string, keys: KeyPress, { length, room }: Extent): UiState {
  if (keys.escape || keys.backspace || keys.leftArrow) return { ...ui, reading: null, scroll: 0 };
  const last = Math.max(0, length - room);
  const scroll = moved(Math.min(ui.scroll, last), input, keys, { length: last + 1, room });
  return { ...ui, scroll: input === " " ? Math.min(last, ui.scroll + room) : scroll };
}

function pageKey(ui: UiState, input: string, keys: KeyPress, extent: Extent): UiState {
  const direct = pages[Number(input) - 1];
  if (direct !== undefined) return { ...ui, page: direct };
  if (keys.tab) return { ...ui, page: neighbour(ui.page, keys.shift ? -1 : 1) };
  if (keys.leftArrow) return { ...ui, page: neighbour(ui.page, -1) };
  if (keys.rightArrow) return { ...ui, page: neighbour(ui.page, 1) };
  const at = Math.max(0, Math.min(ui.selected[ui.page], extent.length - 1));
  return {
    ...ui,
    selected: { ...ui.selected, [ui.page]: moved(at, input, keys, extent) },
  };
}

function neighbour(page: Page, by: number): Page {
  const index = (pages.indexOf(page) + by + pages.length) % pages.length;
  return pages[index] ?? page;
}

function moved(at: number, input: string, keys: KeyPress, { length, room }: Extent): number {
  const to =
    keys.upArrow || input === "k"
      ? at - 1
      : keys.downArrow || input === "j"
        ? at + 1
        : keys.pageUp
          ? at - room
          : keys.pageDown
            ? at + room
            : keys.home || input === "g"
              ? 0
              : keys.end || input === "G"
                ? length - 1
                : at;
  return Math.max(0, Math.min(to, length - 1));
}
