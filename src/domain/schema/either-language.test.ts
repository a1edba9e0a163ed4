import { expect, test } from "vitest";

import { WrittenDataClass } from "../life/data-class.ts";
import { Egress } from "../life/host-place.ts";

test.each([
  [Egress, "in-house", "内网"],
  [Egress, "内网", "内网"],
  [Egress, "mainland", "境内"],
  [Egress, "abroad", "境外"],
  [WrittenDataClass, "public", "公开"],
  [WrittenDataClass, "internal", "内部"],
  [WrittenDataClass, "敏感", "敏感"],
] as const)("%#: %s", (schema, written, word) => {
  expect(schema.parse(written)).toBe(word);
});

test.each(["In-House", "inhouse", "", "内网 "])("%j is no such word", (written) => {
  expect(Egress.safeParse(written).success).toBe(false);
});
