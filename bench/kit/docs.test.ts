import { expect, test } from "vitest";

import { withTable } from "./docs.ts";

const guide = `Before.

<!-- load: peers -->
| program | a second |
|---|---|
| other | 1 |
<!-- end -->

<!-- peers -->
| program | a second |
|---|---|
| old | 1 |

2026-11-30, load average 0.9.
<!-- end -->

After.
`;

test("a table's rows take the place of those it had, and no other table's", () => {
  const rows = [
    ["baimo", "2"],
    ["$1 & |", "3"],
  ];
  const written = withTable(guide, "peers", rows, "2026-12-01, load average 1.5.");
  expect(written).toBe(
    guide
      .replace("| old | 1 |\n", () => "| baimo | 2 |\n| $1 & | | 3 |\n")
      .replace("2026-11-30, load average 0.9.", "2026-12-01, load average 1.5."),
  );
  expect(withTable(written ?? "", "peers", [["old", "1"]], "2026-11-30, load average 0.9.")).toBe(
    guide,
  );
});

test.each(["knee", "load", "peer"])("there is no table for %s", (mark) => {
  expect(withTable(guide, mark, [["baimo", "2"]], "2026-12-01")).toBeNull();
});
