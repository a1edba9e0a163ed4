import type { Lang } from "../domain/text.ts";
import type { LiveScores } from "./pages/live-scores.ts";
import type { Eta, RunState } from "./progress.ts";
import type { RecentAnswer } from "./recent.ts";
import type { AnswerLines } from "./run-lines.ts";
import type { Failure, View } from "../report/view/model.ts";

export const pages = ["targets", "dimensions", "failures", "answers"] as const;
export type Page = (typeof pages)[number];

/** A conversation that is being read. */
export type OpenConversation = {
  readonly key: string;
  /** Null while the file is read, "missing" where it does not hold the answer. */
  readonly lines: AnswerLines | "missing" | null;
};

/** What the user has done to the screen. */
export type UiState = {
  readonly page: Page;
  /** The chosen row of each page. */
  readonly selected: Readonly<Record<Page, number>>;
  readonly reading: OpenConversation | null;
  /** The first line of the conversation that is shown. */
  readonly scroll: number;
  readonly paused: boolean;
};

export const firstUiState: UiState = {
  page: "targets",
  selected: { targets: 0, dimensions: 0, failures: 0, answers: 0 },
  reading: null,
  scroll: 0,
  paused: false,
};

/** All that a frame shows. */
export type Scene = {
  readonly view: View;
  readonly ui: UiState;
  readonly lang: Lang;
  readonly columns: number;
  readonly rows: number;
  readonly elapsed_ms: number;
  readonly eta: Eta;
  readonly state: RunState;
  readonly scores: LiveScores | null;
  /** The newest first. */
  readonly failures: readonly Failure[];
  readonly recent: readonly RecentAnswer[];
};
