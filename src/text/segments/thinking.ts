import type { TextSpan } from "./segment.ts";

export type Reasoned = {
  /** Reasoning with its marks, in order. */
  readonly spans: readonly TextSpan[];
  /** A reasoning block was opened and never closed: the model never reached its answer. */
  readonly unclosed: boolean;
};

const tag =
  /<(\/?)(?:think|thinking|thought|reasoning|seed:think)>|◁(\/?)think▷|\[(\/?)THINK(?:ING)?\]|<\|(begin|end)_of_thought\|>/gi;

/**
 * Finds the reasoning inside an answer text. Before a lone closing tag (the opening one was part of the prompt)
 * everything is reasoning, and so is the text after an opening tag that is never closed.
 */
export function thinkingIn(reply: string): Reasoned {
  if (reply.includes("<|channel|>")) return channelled(reply);
  if (!reply.includes("<") && !reply.includes("◁") && !reply.includes("[")) return none;
  const spans: TextSpan[] = [];
  let opened = -1;
  for (const match of reply.matchAll(tag)) {
    const closes = [match[1], match[2], match[3]].includes("/") || match[4] === "end";
    const end = match.index + match[0].length;
    if (closes && opened < 0) spans.splice(0, spans.length, { start: 0, end });
    else if (closes) spans.push({ start: opened, end });
    if (closes) opened = -1;
    else if (opened < 0) opened = match.index;
  }
  if (opened >= 0) spans.push({ start: opened, end: reply.length });
  return { spans, unclosed: opened >= 0 };
}

const none: Reasoned = { spans: [], unclosed: false };

const channel = /(?:<\|start\|>[a-z]{0,16})?<\|channel\|>([a-z]{1,16})[^<\n]{0,80}<\|message\|>/g;

/** Channels of the harmony format: only `final` is the answer. */
function channelled(reply: string): Reasoned {
  const spans: TextSpan[] = [];
  const heads = [...reply.matchAll(channel)];
  for (const [index, head] of heads.entries()) {
    const body = head.index + head[0].length;
    const next = heads[index + 1]?.index ?? reply.length;
    const stop = /<\|(?:end|return|call)\|>/.exec(reply.slice(body, next));
    const stopped = stop === null ? next : body + stop.index + stop[0].length;
    spans.push({ start: head.index, end: head[1] === "final" ? body : stopped });
    if (head[1] !== "final" && stop === null && index === heads.length - 1)
      return { spans, unclosed: true };
  }
  return { spans, unclosed: false };
}

/** The text outside the spans. */
export function outside(text: string, spans: readonly TextSpan[]): string {
  if (spans.length === 0) return text;
  let kept = "";
  let at = 0;
  for (const { start, end } of spans) {
    kept += text.slice(at, start);
    at = end;
  }
  return kept + text.slice(at);
}
