/** What a piece of a reply belongs to. */
export type ReplyPart = "answer" | "thought";

export type ThinkingSink = {
  /** Text without the marks around it; `at` is when it arrived. */
  readonly piece: (part: ReplyPart, text: string, at: number) => void;
  /** All of the answer so far was reasoning: its opening mark stood in the prompt. */
  readonly recant: () => void;
};

export type ThinkingSplitter = {
  /** Takes a piece of the reply that arrived at `at`; times must not fall. */
  readonly push: (piece: string, at: number) => void;
  /** The part that text without the first character of a mark belongs to; null while that cannot be told. */
  readonly part: () => ReplyPart | null;
  /** Passes on what was held back; returns the mark of reasoning that was opened and never closed, or null. */
  readonly end: () => string | null;
};

type Action = "open" | "close" | "drop" | "thought-channel" | "final-channel" | "channel-mark";

/** The names of tags that models think in: <think> of most, <seed:think> of Seed, ◁think▷ of Kimi, [THINK] of Magistral. */
const tags = [
  "<think>",
  "<thinking>",
  "<thought>",
  "<reasoning>",
  "<seed:think>",
  "◁think▷",
  "[THINK]",
  "[THINKING]",
] as const;
const start = "<|start|>assistant";
/** gpt-oss without its special tokens: "analysisWe need …assistantfinalB". Counts only where the reply begins so. */
const bareStart = "analysis";
const bareFinal = "assistantfinal";

/**
 * The marks of reasoning, in lower case. Channels are those of gpt-oss (https://cookbook.openai.com/articles/openai-harmony);
 * GLM puts a box around its final answer, and the box is no text.
 */
const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ...tags.map((tag) => [tag.toLowerCase(), "open"] as const),
  ...tags.map((tag) => [`${tag[0]}/${tag.slice(1)}`.toLowerCase(), "close"] as const),
  ["<|begin_of_thought|>", "open"],
  ["<|end_of_thought|>", "close"],
  ["<|begin_of_box|>", "drop"],
  ["<|end_of_box|>", "drop"],
  ...["", start].flatMap((before) => [
    [`${before}<|channel|>analysis`, "thought-channel"] as const,
    [`${before}<|channel|>commentary`, "thought-channel"] as const,
    [`${before}<|channel|>final`, "final-channel"] as const,
  ]),
  ...[start, "<|message|>", "<|end|>", "<|return|>", "<|call|>"].map(
    (mark) => [mark, "channel-mark"] as const,
  ),
  [bareFinal, "final-channel"],
]);
const marks = [...actions.keys()].toSorted((a, b) => b.length - a.length);
const longest = marks[0]?.length ?? 0;
const anyMark = new RegExp(marks.map((mark) => mark.replaceAll(/[|[\]]/g, "\\$&")).join("|"), "gi");
const lead = /[<◁[]/;

/** False if a whole text certainly holds no mark of reasoning. */
const mayHoldThinking = (text: string): boolean =>
  lead.test(text) || text.trimStart().startsWith(bareStart);

export type SplitReply = {
  readonly answer: string;
  readonly thought: string;
  /** The mark of reasoning that was opened and never closed, or null. */
  readonly open: string | null;
};

/** Splits a whole text. */
export function splitThinking(text: string): SplitReply {
  if (!mayHoldThinking(text)) return { answer: text, thought: "", open: null };
  const { thoughts, marks, boxes, open } = thinkingSpans(text);
  const inside = [...marks, ...boxes].toSorted((a, b) => a.start - b.start);
  if (thoughts.length + inside.length === 0) return { answer: text, thought: "", open };
  const all = [...thoughts, ...inside].toSorted((a, b) => a.start - b.start);
  const thought = thoughts.map(({ start, end }) => outside(text.slice(0, end), start, inside));
  return { answer: outside(text, 0, all), thought: thought.join(""), open };
}

/** Start and end of a part of a text. */
export type TextSpan = { readonly start: number; readonly end: number };

export type ThinkingSpans = {
  /** Reasoning with the marks around it, in order. */
  readonly thoughts: readonly TextSpan[];
  /** Marks of reasoning with the blanks behind them, in order, and those around a final answer. */
  readonly marks: readonly TextSpan[];
  readonly boxes: readonly TextSpan[];
  /** The mark of reasoning that was opened and never closed, or null. */
  readonly open: string | null;
};

/** Finds the reasoning inside a whole text, by the rules of `createThinkingSplitter`. */
export function thinkingSpans(text: string): ThinkingSpans {
  if (!mayHoldThinking(text)) return { thoughts: [], marks: [], boxes: [], open: null };
  const state = createMarkState(() => text.trimStart().startsWith(bareStart));
  const thoughts: TextSpan[] = [];
  const found: TextSpan[] = [];
  const boxes: TextSpan[] = [];
  let opened = -1;
  for (const { 0: mark, index } of text.matchAll(anyMark)) {
    const action = state.actionOf(mark);
    if (action === null) continue;
    const isLone = state.take(mark, action);
    const blanks = action === "drop" ? 0 : text.slice(index + mark.length).search(/\S|$/);
    const span = { start: index, end: index + mark.length + blanks };
    (action === "drop" ? boxes : found).push(span);
    if (isLone) thoughts.splice(0, thoughts.length, { start: 0, end: span.end });
    if (state.open() === null && opened >= 0) {
      thoughts.push({ start: opened, end: span.end });
      opened = -1;
    } else if (state.open() !== null && opened < 0) {
      opened = index;
    }
  }
  if (opened >= 0) thoughts.push({ start: opened, end: text.length });
  return { thoughts, marks: found, boxes, open: state.open() };
}

/** The text from an offset on without the spans, which are in order and may hold one another. */
export function outside(text: string, from: number, spans: readonly TextSpan[]): string {
  let kept = "";
  let at = from;
  for (const { start, end } of spans) {
    if (start > at) kept += text.slice(at, start);
    at = Math.max(at, end);
  }
  return kept + text.slice(at);
}

/** What the marks met so far have made of the text that follows. */
function createMarkState(isBare: () => boolean) {
  let open: string | null = null;
  let inChannels = false;
  return {
    open: () => open,
    /** What a mark does here; null where it is no mark. */
    actionOf: (mark: string): Action | null => {
      const name = mark.toLowerCase();
      const action = actions.get(name) ?? null;
      // [think] in small letters is a word in brackets.
      if (mark.startsWith("[") && mark !== mark.toUpperCase()) return null;
      if (name === bareFinal) return mark === bareFinal && isBare() ? action : null;
      return action === "channel-mark" && !inChannels ? null : action;
    },
    /** Takes a mark; true where it makes reasoning of all that came before it. */
    take: (mark: string, action: Action): boolean => {
      const closes = action === "close" || action === "final-channel";
      const isLone = closes && open === null && !(action === "final-channel" && inChannels);
      if (action === "open") open ??= mark;
      if (action === "thought-channel") open = mark.slice(mark.indexOf("<|channel|>"));
      if (closes || (action === "channel-mark" && mark.toLowerCase() === "<|end|>")) open = null;
      inChannels ||= action === "thought-channel" || action === "final-channel";
      return isLone;
    },
  };
}

/**
 * Tells reasoning that stands inside a reply from the answer, while the reply arrives in pieces cut anywhere. What may be
 * the beginning of a mark is held back until the next piece decides. A lone closing mark makes reasoning of all before it.
 * The blanks behind a mark belong to it.
 */
export const createThinkingSplitter = (sink: ThinkingSink): ThinkingSplitter => new Splitter(sink);

/** A class, because every reply has one and most hold no mark. */
class Splitter implements ThinkingSplitter {
  readonly #sink: ThinkingSink;
  #head = "";
  #held = "";
  #heldAt = 0;
  #isMargin = false;
  /** Made when something comes that may be a mark. */
  #state: ReturnType<typeof createMarkState> | null = null;

  constructor(sink: ThinkingSink) {
    this.#sink = sink;
  }

  part(): ReplyPart | null {
    const isOpen = this.#held !== "" || this.#isMargin || this.#head.length < bareStart.length;
    return isOpen || this.#head === bareStart ? null : this.#partNow();
  }

  push(piece: string, at: number): void {
    if (this.#head.length < bareStart.length) {
      this.#head = (this.#head + piece).trimStart().slice(0, bareStart.length);
    }
    if (this.#held === "" && this.#head !== bareStart && !lead.test(piece)) this.#emit(piece, at);
    else this.#split(this.#held + piece, at);
  }

  end(): string | null {
    this.#emit(this.#held, this.#heldAt);
    this.#held = "";
    return this.#state?.open() ?? null;
  }

  /** `text` begins with what was held. */
  #split(text: string, at: number): void {
    const state = (this.#state ??= createMarkState(() => this.#head === bareStart));
    const known = this.#held.length;
    const between = (from: number, to: number): void => {
      this.#emit(text.slice(from, Math.min(to, known)), this.#heldAt);
      this.#emit(text.slice(Math.max(from, known), to), at);
    };
    let from = 0;
    for (const { 0: mark, index } of text.matchAll(anyMark)) {
      const action = state.actionOf(mark);
      if (action === null) continue;
      between(from, index);
      from = index + mark.length;
      this.#isMargin = action !== "drop";
      if (state.take(mark, action)) this.#sink.recant();
    }
    const to = undecidedFrom(text, from, this.#head === bareStart);
    between(from, to);
    this.#held = text.slice(to);
    if (to >= known) this.#heldAt = at;
  }

  #partNow(): ReplyPart {
    return this.#state === null || this.#state.open() === null ? "answer" : "thought";
  }

  #emit(piece: string, at: number): void {
    const text = this.#isMargin ? piece.trimStart() : piece;
    if (text === "") return;
    this.#isMargin = false;
    this.#sink.piece(this.#partNow(), text, at);
  }
}

/** Where the end of the text begins that may become a mark; its length if there is none. */
function undecidedFrom(text: string, from: number, isBare: boolean): number {
  for (let at = Math.max(from, text.length - longest + 1); at < text.length; at += 1) {
    const first = text[at] ?? "";
    if (!lead.test(first) && !(isBare && first === bareFinal[0])) continue;
    const rest = text.slice(at).toLowerCase();
    if (marks.some((mark) => mark.startsWith(rest))) return at;
  }
  return text.length;
}
