import type { Variables } from "../../domain/variables/variables.ts";
import type { Score } from "../score/score.ts";
import type { ItemValues } from "../score/weigh.ts";
import type { View } from "../view/model.ts";

import { byValue } from "../../domain/variables/matrix.ts";
import { scoresOf } from "./slices.ts";

export type GridCell = {
  readonly vars: Variables;
  readonly n: number;
  readonly few: boolean;
  /** In the order of the targets. */
  readonly scores: readonly Score[];
};

/** A task that was asked in every cell of a matrix. */
export type Grid = {
  readonly suite: string;
  readonly task: string;
  readonly axes: readonly {
    readonly name: string;
    readonly values: readonly Variables[string][];
  }[];
  /** Those that hold an item. */
  readonly cells: readonly GridCell[];
};

/** The grids of a view, `values` being those of each target; `inside` marks the items that count. */
export function gridsOf(
  view: View,
  values: readonly ItemValues[],
  inside: Uint8Array,
): readonly Grid[] {
  if (view.cells.length === 0) return [];
  const tasks = new Map<number, Map<number, number[]>>();
  const { task, cell } = view.items.at;
  for (let item = 0; item < view.items.length; item++) {
    const number = cell[item] ?? 0;
    if (number === 0 || inside[item] !== 1) continue;
    const cells = tasks.get(task[item] ?? 0) ?? new Map<number, number[]>();
    tasks.set(task[item] ?? 0, cells);
    cells.set(number, [...(cells.get(number) ?? []), item]);
  }
  return [...tasks]
    .toSorted(([a], [b]) => (nameOf(view, a) < nameOf(view, b) ? -1 : 1))
    .map(([number, cells]) => {
      const { suite = "", task: id = "" } = view.tasks[number] ?? {};
      const filledCells = [...cells].map(([place, items]) => ({
        vars: view.cells[place - 1] ?? {},
        ...scoresOf(items, view, values),
      }));
      return { suite, task: id, axes: axesOf(filledCells), cells: filledCells };
    });
}

const nameOf = ({ tasks }: View, number: number): string =>
  `${tasks[number]?.suite}/${tasks[number]?.task}`;

function axesOf(cells: readonly { readonly vars: Variables }[]): Grid["axes"] {
  const names = [...new Set(cells.flatMap(({ vars }) => Object.keys(vars)))].toSorted();
  return names.map((name) => {
    const values = cells.flatMap(({ vars }) => (vars[name] === undefined ? [] : [vars[name]]));
    return { name, values: [...new Set(values)].toSorted(byValue) };
  });
}
