import type { Lang, Text } from "../../domain/text.ts";
import type { ReviewCase } from "../../report/people/review/case.ts";
import type { RulingVerdict } from "../../report/people/review/ruling.ts";

/** What a person ruled in this session. */
export type MadeRuling = {
  readonly verdict: RulingVerdict;
  readonly value: number | null;
  readonly reason: string;
};

/** A ruling that is being written: points first where it needs them, then the reason. */
export type RulingDraft = {
  readonly verdict: RulingVerdict;
  readonly asks: "points" | "reason";
  readonly points: string;
  readonly reason: string;
};

/** What the person has done to the screen. */
export type RulingUiState = {
  /** Place in the queue; the length of the queue is the page after the last answer. */
  readonly at: number;
  readonly scroll: number;
  /** The grader's verdict is shown. */
  readonly revealed: boolean;
  readonly draft: RulingDraft | null;
  /** What was wrong with the last key, or with saving. */
  readonly note: Text | null;
};

/** All that a frame shows. */
export type RulingScene = {
  readonly ui: RulingUiState;
  /** The answer at `ui.at`; null while it is read. */
  readonly shown: ReviewCase | null;
  readonly total: number;
  /** Rulings of this session by place. */
  readonly made: ReadonlyMap<number, MadeRuling>;
  readonly who: string;
  readonly lang: Lang;
  readonly columns: number;
  readonly rows: number;
};
