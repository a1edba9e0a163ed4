import { expect, test } from "vitest";

import { addRow, createColumns } from "./columns.ts";

test("rows keep their numbers while columns grow, and a long column has little room to spare", () => {
  const columns = createColumns({ exact: new Float64Array(0), small: new Uint8Array(0) });
  const rows = 100_000;
  for (let row = 0; row < rows; row += 1) {
    expect(addRow(columns)).toBe(row);
    columns.at.exact[row] = row / 3;
    columns.at.small[row] = row % 251;
  }
  expect(columns.length).toBe(rows);
  expect(columns.capacity).toBeLessThanOrEqual(rows * 1.25);
  expect(columns.at.exact).toHaveLength(columns.capacity);
  expect(
    Array.from({ length: rows }, (_, row) => row).filter(
      (row) => columns.at.exact[row] !== row / 3 || columns.at.small[row] !== row % 251,
    ),
  ).toEqual([]);
});
