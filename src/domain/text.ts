/** The two languages of the interface. */
export type Lang = "zh" | "en";

/** One message for people, in both languages. */
export type Text = { readonly zh: string; readonly en: string };

/** Between a name and what is said of it. */
export const colon: Text = { zh: "：", en: ": " };

/** A position in a file. Line and column count from 1. */
export type SourceLocation = {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  /** Path inside the document, such as `tasks[0].items[3].answer`; empty for the whole file. */
  readonly path: string;
};

/** One problem in a file that a person wrote. */
export type Problem = {
  readonly place: SourceLocation;
  readonly message: Text;
  /** A doubtful item: `check` reports it, and no run is kept from starting. */
  readonly level?: "warning";
};

/**
 * A mistake that the user can fix: printed without a stack trace.
 * `exitCode` defaults to 2 (wrong usage, configuration or suite).
 */
export class UserError extends Error {
  readonly text: Text;
  readonly problems: readonly Problem[];
  readonly exitCode: number;

  constructor(text: Text, problems: readonly Problem[] = [], exitCode = 2) {
    super(text.en);
    this.name = "UserError";
    this.text = text;
    this.problems = problems;
    this.exitCode = exitCode;
  }
}

/** `file:line:column  path  message`, a form that editors can jump to. */
export function formatProblem(problem: Problem, lang: Lang): string {
  const { file, line, column, path } = problem.place;
  const position = line === null ? file : `${file}:${line}:${column ?? 1}`;
  const mark = problem.level === undefined ? "" : { zh: "警告：", en: "warning: " }[lang];
  return [position, path, `${mark}${problem.message[lang]}`]
    .filter((part) => part !== "")
    .join("  ");
}
