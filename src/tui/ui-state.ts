import type { Lang } from "../domain/text.ts";
import type { Failure, View } from "../report/view/model.ts";
import type { LiveScores } from "./pages/live-scores.ts";
import type { Eta, RunState } from "./progress.ts";
import type { RecentAnswer } from "./recent.ts";
import type { AnswerLines } from "./run-lines.ts";

export const pages = ["targets", "dimensions", "failures", "answers"] as const;
export type Page = (typeof pages)[number];

/** The conversation that is open. */
export type OpenConversation = {
  readonly key: string;
  /** Null while the file is being read, "missing" where the answer is not in it. */
  readonly lines: AnswerLines | "missing" | null;
};

/** What the user has selected, opened and scrolled. */
export type UiState = {
  readonly page: Page;
  /** The selected row of each page. */
  readonly selected: Readonly<Record<Page, number>>;
  readonly reading: OpenConversation | null;
  /** The first visible line of the conversation. */
  readonly scroll: number;
  readonly paused: boolean;
};

export const initialUiState: UiState = {
  page: "targets",
  selected: { targets: 0, dimensions: 0, failures: 0, answers: 0 },
  reading: null,
  scroll: 0,
  paused: false,
};

/** Everything a frame shows. */
export type FrameData = {
  readonly view: View;
  readonly ui: UiState;
  readonly lang: Lang;
  readonly columns: number;
  readonly rows: number;
  readonly elapsed_ms: number;
  readonly eta: Eta;
  readonly state: RunState;
  readonly scores: LiveScores | null;
  /** Newest first. */
  readonly failures: readonly Failure[];
  readonly recent: readonly RecentAnswer[];
};
