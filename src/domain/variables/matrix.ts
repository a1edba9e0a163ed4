import { z } from "zod";

import type { Variables } from "./variables.ts";

import { digestOf } from "../digest.ts";
import { expected } from "../schema/expected.ts";
import { VariableName, VariableValue } from "./variables.ts";

const isDistinct = (values: readonly unknown[]): boolean =>
  new Set(values.map(String)).size === values.length;

/** Axes by name, each with its values: every combination of them is asked. */
export const Matrix = z
  .record(
    VariableName,
    z
      .array(VariableValue)
      .min(1)
      .refine(isDistinct, {
        error: expected("互不相同的值", "values that differ from each other"),
      }),
  )
  .refine((axes) => Object.keys(axes).length > 0, {
    error: expected("至少一个轴", "at least one axis"),
  });
export type Matrix = Readonly<z.infer<typeof Matrix>>;

/** One combination of the axes' values. */
export type Cell = Variables;

/**
 * The combinations of a matrix in an order that follows from its names and values alone, not from how they were written
 * down; one empty cell where there is no matrix.
 */
export function cellsOf(matrix: Matrix | undefined): readonly Cell[] {
  return Object.keys(matrix ?? {})
    .toSorted()
    .reduce<readonly Cell[]>(
      (cells, axis) =>
        cells.flatMap((cell) =>
          (matrix?.[axis] ?? []).toSorted(byValue).map((value) => ({ ...cell, [axis]: value })),
        ),
      [{}],
    );
}

/** Numbers by size, then everything else by its text. */
export function byValue(a: Variables[string], b: Variables[string]): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number") return -1;
  if (typeof b === "number") return 1;
  const [one, other] = [String(a), String(b)];
  return one < other ? -1 : Number(one > other);
}

/**
 * The id of an item in a cell: `i1.depth-0.5.length-4000`, the axes by name. What an id cannot hold becomes `_` and gets
 * digits of its own, so that no two values of an axis share an id.
 */
export function idInCell(id: string, cell: Cell): string {
  return Object.keys(cell)
    .toSorted()
    .reduce((made, axis) => `${made}.${axis}-${valueInId(cell[axis] ?? "")}`, id);
}

const longestInId = 40;

function valueInId(value: Variables[string]): string {
  const text = String(value);
  const safe = text.replaceAll(/[^\p{L}\p{N}._-]/gu, "_").slice(0, longestInId);
  return safe === text ? text : `${safe}-${digestOf(text).slice(0, 8)}`;
}
