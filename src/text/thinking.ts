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
  /** Passes on what was held back; returns the mark of reasoning that was opened and never closed, or null. */
  readonly end: () => string | null;
};

type Action = "open" | "close" | "drop" | "thought-channel" | "final-channel" | "channel-mark";

/** The names of tags that models think in: <think> of most, <seed:think> of Seed, ◁think▷ of Kimi, [THINK] of Magistral. */
const tags = ["<think>", "<thinking>", "<thought>", "<seed:think>", "◁think▷", "[THINK]"] as const;
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
  const parts = { answer: "", thought: "" };
  const splitter = createThinkingSplitter({
    piece: (part, piece) => {
      parts[part] += piece;
    },
    recant: () => {
      parts.thought += parts.answer;
      parts.answer = "";
    },
  });
  splitter.push(text, 0);
  const open = splitter.end();
  return { ...parts, open };
}

/**
 * Tells reasoning that stands inside a reply from the answer, while the reply arrives in pieces cut anywhere. What may be
 * the beginning of a mark is held back until the next piece decides. A lone closing mark makes reasoning of all before it.
 * The blanks behind a mark belong to it.
 */
export function createThinkingSplitter(sink: ThinkingSink): ThinkingSplitter {
  let head = "";
  let held = "";
  let heldAt = 0;
  let open: string | null = null;
  let inChannels = false;
  let isMargin = false;

  const emit = (piece: string, at: number): void => {
    const text = isMargin ? piece.trimStart() : piece;
    if (text === "") return;
    isMargin = false;
    sink.piece(open === null ? "answer" : "thought", text, at);
  };
  const apply = (mark: string, action: Action): void => {
    isMargin = action !== "drop";
    if (action === "open") open ??= mark;
    if (action === "thought-channel") open = mark;
    if (action === "close" || action === "final-channel") {
      const isLone = open === null && !(action === "final-channel" && inChannels);
      if (isLone) sink.recant();
      open = null;
    }
    if (action === "channel-mark" && mark.toLowerCase() === "<|end|>") open = null;
    inChannels ||= action === "thought-channel" || action === "final-channel";
  };
  const actionOf = (mark: string): Action | null => {
    const name = mark.toLowerCase();
    const action = actions.get(name) ?? null;
    // [think] in small letters is a word in brackets.
    if (mark.startsWith("[") && mark !== mark.toUpperCase()) return null;
    if (name === bareFinal) return mark === bareFinal && head === bareStart ? action : null;
    return action === "channel-mark" && !inChannels ? null : action;
  };

  return {
    push: (piece, at) => {
      if (head.length < bareStart.length) {
        head = (head + piece).trimStart().slice(0, bareStart.length);
      }
      if (held === "" && head !== bareStart && !lead.test(piece)) return emit(piece, at);
      const text = held + piece;
      const known = held.length;
      const between = (from: number, to: number): void => {
        emit(text.slice(from, Math.min(to, known)), heldAt);
        emit(text.slice(Math.max(from, known), to), at);
      };
      let from = 0;
      for (const { 0: mark, index } of text.matchAll(anyMark)) {
        const action = actionOf(mark);
        if (action === null) continue;
        between(from, index);
        from = index + mark.length;
        apply(mark, action);
      }
      const to = undecidedFrom(text, from, head === bareStart);
      between(from, to);
      held = text.slice(to);
      if (to >= known) heldAt = at;
      return undefined;
    },
    end: () => {
      emit(held, heldAt);
      held = "";
      return open;
    },
  };
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
