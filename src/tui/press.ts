import type { Look, Page } from "./scene.ts";

import { pages } from "./scene.ts";

/** What a pressed key asks for, beside a changed look. */
export type Wish = "open" | "pause" | "stop" | null;

export type Pressed = { readonly look: Look; readonly wish: Wish };

/** The keys that matter here, as Ink names them. */
export type Keys = {
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

/** How far the chosen page or the conversation goes, and how much of it is seen at once. */
export type Extent = { readonly length: number; readonly room: number };

/** The look after a key, and what else it asks for. */
export function press(look: Look, input: string, keys: Keys, extent: Extent): Pressed {
  if (input === "q" || (keys.ctrl && input === "c")) return { look, wish: "stop" };
  if (keys.ctrl) return { look, wish: null };
  if (look.reading !== null) return { look: readingKey(look, input, keys, extent), wish: null };
  if (input === "p" || input === " ") return { look, wish: "pause" };
  if (keys.return) return { look, wish: "open" };
  return { look: pageKey(look, input, keys, extent), wish: null };
}

function readingKey(look: Look, input: string, keys: Keys, { length, room }: Extent): Look {
  if (keys.escape || keys.backspace || keys.leftArrow) return { ...look, reading: null, scroll: 0 };
  const last = Math.max(0, length - room);
  const scroll = moved(Math.min(look.scroll, last), input, keys, { length: last + 1, room });
  return { ...look, scroll: input === " " ? Math.min(last, look.scroll + room) : scroll };
}

function pageKey(look: Look, input: string, keys: Keys, extent: Extent): Look {
  const direct = pages[Number(input) - 1];
  if (direct !== undefined) return { ...look, page: direct };
  if (keys.tab) return { ...look, page: turned(look.page, keys.shift ? -1 : 1) };
  if (keys.leftArrow) return { ...look, page: turned(look.page, -1) };
  if (keys.rightArrow) return { ...look, page: turned(look.page, 1) };
  const at = Math.max(0, Math.min(look.selected[look.page], extent.length - 1));
  return {
    ...look,
    selected: { ...look.selected, [look.page]: moved(at, input, keys, extent) },
  };
}

function turned(page: Page, by: number): Page {
  const index = (pages.indexOf(page) + by + pages.length) % pages.length;
  return pages[index] ?? page;
}

function moved(at: number, input: string, keys: Keys, { length, room }: Extent): number {
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
