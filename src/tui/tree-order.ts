/** Paths in tree order, each below its parent; siblings keep their original order. */
export function treeOrder<Row extends { readonly path: readonly string[] }>(
  rows: readonly Row[],
): readonly Row[] {
  const byParent = Map.groupBy(rows, ({ path }) => JSON.stringify(path.slice(0, -1)));
  const below = (parent: readonly string[]): readonly Row[] =>
    (byParent.get(JSON.stringify(parent)) ?? []).flatMap((row) => [row, ...below(row.path)]);
  return below([]);
}
