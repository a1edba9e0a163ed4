import type { FrameData } from "./ui-state.ts";

import { blank, fitLine, line, type Line } from "./line.ts";
import { answersPage } from "./pages/answers-page.ts";
import { conversationPage } from "./pages/conversation-page.ts";
import { dimensionsPage } from "./pages/dimensions-page.ts";
import { failuresPage } from "./pages/failures-page.ts";
import { head } from "./pages/head.ts";
import { targetsPage } from "./pages/targets-page.ts";
import { words } from "./words.ts";

const minSize = { columns: 30, rows: 10 };

/** The whole screen: exactly `rows` lines, none wider than `columns`. */
export function frame(data: FrameData): readonly Line[] {
  const { columns, rows, lang } = data;
  if (columns < minSize.columns || rows < minSize.rows) {
    return filledTo([fitLine(line(words.tooSmall[lang]), columns)], rows);
  }
  const above = head(data);
  const below = foot(data);
  const room = rows - above.length - below.length;
  return [...above, ...filledTo(page(data, room), room), ...below];
}

function page(data: FrameData, room: number): readonly Line[] {
  const { ui } = data;
  if (ui.reading !== null) return conversationPage(data, ui.reading, room);
  switch (ui.page) {
    case "targets":
      return targetsPage(data, room);
    case "dimensions":
      return dimensionsPage(data, room);
    case "failures":
      return failuresPage(data, room);
    case "answers":
      return answersPage(data, room);
  }
}

function filledTo(lines: readonly Line[], rows: number): readonly Line[] {
  const missing = Math.max(0, rows - lines.length);
  return [...lines.slice(0, rows), ...Array.from({ length: missing }, () => blank)];
}

function foot({ view, ui, lang, columns }: FrameData): readonly Line[] {
  const state =
    view.stopping !== null
      ? line(words.stopping[view.stopping][lang], "warn")
      : ui.paused
        ? line(words.paused[lang], "warn")
        : blank;
  const keys = ui.reading !== null ? words.keysReading : ui.paused ? words.keysPaused : words.keys;
  return [fitLine(state, columns), fitLine(line(keys[lang], "dim"), columns)];
}
