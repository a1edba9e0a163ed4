import { expect, test } from "vitest";

import type { DataClass } from "../../domain/life/data-class.ts";

import { told } from "../testing/files.ts";
import { refusedByEgress } from "./egress.ts";

const target = (egress: string | null, baseline = false) => ({
  ref: "acme/m",
  provider: "acme",
  egress,
  baseline,
});

test.each<[DataClass | undefined, string | null, boolean]>([
  ["公开", "内网", true],
  ["公开", "境内", true],
  ["公开", "境外", true],
  ["公开", null, true],
  [undefined, "境外", true],
  ["内部", "内网", true],
  ["内部", "境内", true],
  ["内部", "境外", false],
  ["内部", null, false],
  ["敏感", "内网", true],
  ["敏感", "境内", false],
  ["敏感", "境外", false],
  ["敏感", null, false],
])("%s data to %s: %s", (data_class, egress, allowed) => {
  const suites = [{ id: "s", data_class }];
  expect(refusedByEgress(suites, [target(egress)]) === null).toBe(allowed);
  expect(refusedByEgress(suites, [target(egress)], ["acme"])).toBeNull();
  expect(refusedByEgress(suites, [target(egress)], ["other"]) === null).toBe(allowed);
  expect(refusedByEgress(suites, [target(egress, true)])).toBeNull();
});

test("every refusal is reported, with the remedy", () => {
  const suites = [
    { id: "open", data_class: "公开" as const },
    { id: "risk", data_class: "敏感" as const },
  ];
  const error = refusedByEgress(suites, [
    target("境内"),
    { ...target(null), ref: "b/n", provider: "b" },
  ]);
  expect(told(error, "zh")).toEqual([
    [
      "题集 risk 的数据级别是 敏感，不能发往 acme/m（境内）；如确有授权，请在配置里写 egress: {allow: [acme]}",
      "题集 risk 的数据级别是 敏感，不能发往 b/n（未注明 egress）；数据不出本机或公司网络的，在 baimo.yaml 的 providers.b 里写 egress: 内网；如确有授权，请在配置里写 egress: {allow: [b]}",
    ].join("\n"),
  ]);
  expect(told(error, "en")).toEqual([
    [
      "suite risk is sensitive and may not go to acme/m (mainland); if that is permitted, say egress: {allow: [acme]} in the config",
      "suite risk is sensitive and may not go to b/n (egress not stated); where data stay on this machine or in the company's network, say egress: in-house under providers.b in baimo.yaml; if that is permitted, say egress: {allow: [b]} in the config",
    ].join("\n"),
  ]);
});
