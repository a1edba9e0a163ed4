import type { Text } from "../../domain/text.ts";

/** A row of a sheet as people see it: texts and numbers from the first column on, null where a cell is empty. */
export type GridRow =
  | {
      /** Its number in the sheet, or the line in the file where it starts. */
      readonly row: number;
      readonly cells: readonly (string | number | null)[];
      readonly doubts?: readonly GridDoubt[];
    }
  | { readonly row: number; readonly problem: Text };

/** The texts of the cells, trimmed; empty where there is none. */
export const textsOf = (
  cells: readonly (string | number | null | undefined)[],
): readonly string[] => cells.map((cell) => String(cell ?? "").trim());

/** The one text of a row that has no other, in one cell or in merged ones; null where there are several or none. */
export function onlyText(texts: readonly string[]): string | null {
  const [first, ...others] = new Set(texts.filter((text) => text !== ""));
  return first !== undefined && others.length === 0 ? first : null;
}

/** Why a person should look at a row. */
export type GridDoubt = {
  readonly text: Text;
  /** The index of the cell; null where it is about the row. */
  readonly at: number | null;
  /** The row cannot be read where the cell decides. */
  readonly blocks?: true;
};
