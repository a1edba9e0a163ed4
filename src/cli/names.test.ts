import { expect, test } from "vitest";

import { ownName } from "./names.ts";

test.each([
  [undefined, "baimo"],
  ["start", "npm run -s baimo --"],
  ["baimo", "npm run -s baimo --"],
  ["npx", "npx baimo"],
  ["nightly", "baimo"],
])("called by %s, it is called again as %s", (event, name) => {
  expect(ownName({ env: { npm_lifecycle_event: event } })).toBe(name);
});
