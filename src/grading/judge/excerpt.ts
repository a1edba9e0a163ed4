/** A text as it is shown to a judge; `said` tells in words what was left out, null where nothing was. */
export type Excerpt = { readonly text: string; readonly said: string | null };

/**
 * A text of at most `most` code points as it is, else its head and its tail: the beginning shows what was done, the end
 * what was concluded. Two thirds go to the head.
 */
export function excerpted(text: string, most: number): Excerpt {
  if (text.length <= most) return { text, said: null };
  const points = Array.from(text);
  const left = points.length - most;
  if (left <= 0) return { text, said: null };
  const head = Math.ceil((most * 2) / 3);
  const tail = most - head;
  const shown = [points.slice(0, head).join(""), points.slice(points.length - tail).join("")];
  return {
    text: shown.join(`\n……（此处略去 ${left} 字）……\n`),
    said: `这段文字共 ${points.length} 字，太长，只给出开头 ${head} 字和结尾 ${tail} 字，中间略去 ${left} 字；不要因为看不到中间就说它没写。`,
  };
}
