/**
 * What a part of a reply does.
 * - thinking: reasoning that the model set apart (<think>, [THINK], an analysis channel)
 * - label: a vendor's line that says that the text is generated (本回答由 AI 生成，仅供参考)
 * - announcement: says that it states the answer (答案：, \boxed, <answer>, a JSON key)
 * - conclusion: 所以, 综上, therefore
 * - correction: takes back what stands before it (不对，应为; 更正; wait)
 * - check: 检验：左边=80
 * - option-reason: a remark that begins with an option's label (A项：…)
 * - aside: matter beside the question after its answer (拓展：…)
 * - offer: 需要我再讲一题吗？
 * - next-question: a question that the model asked itself, and all that follows
 * - working: anything else
 */
export type SegmentKind =
  | "thinking"
  | "label"
  | "announcement"
  | "conclusion"
  | "correction"
  | "check"
  | "option-reason"
  | "aside"
  | "offer"
  | "next-question"
  | "working";

export type Wrapper = "tag" | "boxed" | "json" | "table" | "check list";

/** A part of a reply; parts are in order and do not overlap, and marks between them belong to none. */
export type Segment = {
  readonly kind: SegmentKind;
  /** What it says, without its wrapper. */
  readonly text: string;
  /** Offsets in the reply; the wrapper is within them. */
  readonly start: number;
  readonly end: number;
  readonly wrapper: Wrapper | null;
  /** The tag, JSON key or column that wraps it. */
  readonly name: string | null;
};

/** Start and end of a part of a text. */
export type TextSpan = { readonly start: number; readonly end: number };
