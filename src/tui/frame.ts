import type { Scene } from "./scene.ts";

import { answersPage } from "./answers-page.ts";
import { conversationPage } from "./conversation-page.ts";
import { dimensionsPage } from "./dimensions-page.ts";
import { failuresPage } from "./failures-page.ts";
import { head } from "./head.ts";
import { blank, fitLine, line, type Line } from "./line.ts";
import { targetsPage } from "./targets-page.ts";
import { words } from "./words.ts";

const least = { columns: 30, rows: 10 };

/** The whole screen: exactly `rows` lines, none wider than `columns`. */
export function frame(scene: Scene): readonly Line[] {
  const { columns, rows, lang } = scene;
  if (columns < least.columns || rows < least.rows) {
    return filledTo([fitLine(line(words.tooSmall[lang]), columns)], rows);
  }
  const above = head(scene);
  const below = foot(scene);
  const room = rows - above.length - below.length;
  return [...above, ...filledTo(page(scene, room), room), ...below];
}

function page(scene: Scene, room: number): readonly Line[] {
  const { look } = scene;
  if (look.reading !== null) return conversationPage(scene, look.reading, room);
  switch (look.page) {
    case "targets":
      return targetsPage(scene, room);
    case "dimensions":
      return dimensionsPage(scene, room);
    case "failures":
      return failuresPage(scene, room);
    case "answers":
      return answersPage(scene, room);
  }
}

function filledTo(lines: readonly Line[], rows: number): readonly Line[] {
  const missing = Math.max(0, rows - lines.length);
  return [...lines.slice(0, rows), ...Array.from({ length: missing }, () => blank)];
}

function foot({ view, look, lang, columns }: Scene): readonly Line[] {
  const state =
    view.stopping !== null
      ? line(words.stopping[view.stopping][lang], "warn")
      : look.paused
        ? line(words.paused[lang], "warn")
        : blank;
  const keys =
    look.reading !== null ? words.keysReading : look.paused ? words.keysPaused : words.keys;
  return [fitLine(state, columns), fitLine(line(keys[lang], "dim"), columns)];
}
