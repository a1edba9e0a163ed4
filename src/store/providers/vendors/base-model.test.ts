import { expect, test } from "vitest";

import { builtinFolder } from "../../builtin.ts";
import { allVendors } from "../providers.ts";

const vendors = await allVendors(builtinFolder("providers"), null);

const hostsOf = (family: string): readonly string[] =>
  vendors
    .filter(({ models = [] }) => models.some(({ base_model }) => base_model === family))
    .map(({ id }) => id);

test.each([
  ["deepseek-v3.2", ["ark", "huawei-maas", "modelscope", "siliconflow", "zhinao"]],
  ["deepseek-v4-pro", ["ark", "deepseek"]],
  ["glm-5.2", ["ark", "huawei-maas", "modelscope", "siliconflow"]],
  ["kimi-k2.6", ["huawei-maas", "moonshot", "siliconflow"]],
  ["minimax-m2.5", ["minimax", "minimax-v2", "siliconflow"]],
  ["qwen3-32b", ["huawei-maas", "modelscope", "siliconflow"]],
  ["step-3.5-flash", ["siliconflow", "stepfun"]],
])("%s is one family wherever it is served", (family, hosts) => {
  expect(hostsOf(family)).toEqual(expect.arrayContaining(hosts));
});

test("checkpoints of one name are distinguished", () => {
  expect(hostsOf("deepseek-v4-pro")).not.toContain("siliconflow");
  expect(hostsOf("deepseek-v4-pro-0424")).toContain("siliconflow");
});
