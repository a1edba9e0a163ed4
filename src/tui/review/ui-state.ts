import type { Lang, Text } from "../../domain/text.ts";
import type { ReviewCase } from "../../report/people/review/case.ts";
import type { RulingVerdict } from "../../report/people/review/ruling.ts";

/** A ruling made in this session. */
export type MadeRuling = {
  readonly verdict: RulingVerdict;
  readonly value: number | null;
  readonly reason: string;
};

/** A ruling being entered: first the points where it needs any, then the reason. */
export type RulingDraft = {
  readonly verdict: RulingVerdict;
  readonly field: "points" | "reason";
  readonly points: string;
  readonly reason: string;
};

/** Position, scrolling and draft of the reviewer. */
export type RulingUiState = {
  /** Position in the queue; the length of the queue is the page after the last answer. */
  readonly at: number;
  readonly scroll: number;
  /** The grader's verdict is shown. */
  readonly revealed: boolean;
  readonly draft: RulingDraft | null;
  /** What was wrong with the last input, or why saving failed. */
  readonly note: Text | null;
};

/** Everything a frame shows. */
export type RulingFrameData = {
  readonly ui: RulingUiState;
  /** The answer at `ui.at`; null while it is being read. */
  readonly shown: ReviewCase | null;
  readonly total: number;
  /** Rulings of this session by position. */
  readonly made: ReadonlyMap<number, MadeRuling>;
  readonly who: string | null;
  readonly lang: Lang;
  readonly columns: number;
  readonly rows: number;
};
