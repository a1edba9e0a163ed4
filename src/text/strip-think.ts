const tag = /<(\/?)(?:think|thinking|thought|seed:think)>|◁(\/?)think▷/gi;

export type Stripped = {
  readonly text: string;
  /** A reasoning block was opened and never closed: the model never reached its answer. */
  readonly unclosed: boolean;
};

/**
 * Removes reasoning from an answer text. A lone closing tag (the opening one was part of the prompt) removes
 * everything before it. Text after an opening tag that is never closed does not count as an answer.
 */
export function stripThink(reply: string): Stripped {
  if (!reply.includes("<") && !reply.includes("◁")) return { text: reply, unclosed: false };
  let kept = "";
  let at = 0;
  let open = false;
  for (const match of reply.matchAll(tag)) {
    const closes = match[1] === "/" || match[2] === "/";
    if (!closes && !open) kept += reply.slice(at, match.index);
    if (closes && !open) kept = "";
    open = !closes;
    at = match.index + match[0].length;
  }
  return { text: open ? kept : kept + reply.slice(at), unclosed: open };
}
