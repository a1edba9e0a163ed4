import { expect, test } from "vitest";

import { openGraders } from "../../../store/graders.ts";
import { judgesOf } from "./judge-setup.ts";

test.each([
  ["judge", {}, ["default"]],
  // Its rules decide alone where there is no judge.
  ["constraints", { judges: "default" }, []],
  ["constraints", {}, []],
])("%s with %j misses %j where the config has no judges", async (use, given, missing) => {
  const wanted = await judgesOf([{ use, with: given }], null, openGraders(null));
  expect(wanted).toMatchObject({ missing, judges: [] });
});

test("a judge that constraints name is called", async () => {
  const ref = { use: "constraints", with: { judges: "lab/strict" } };
  const wanted = await judgesOf([ref], null, openGraders(null));
  expect(wanted).toMatchObject({ missing: [], judges: ["lab/strict"] });
});
