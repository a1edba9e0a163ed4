import { expect, test } from "vitest";

import type { TargetEntry } from "../../domain/run-file/header.ts";

import { targetEntry } from "../testing/lines.ts";
import { egressByAddress } from "./by-address.ts";

test.each([
  ["http://127.0.0.1:8000/v1", "内网"],
  ["http://localhost:11434", "内网"],
  ["http://[::1]:8000/v1", "内网"],
  ["http://10.2.3.4/v1", "内网"],
  ["http://172.31.255.1:8000/v1", "内网"],
  ["http://172.32.0.1:8000/v1", null],
  ["https://192.168.1.20/v1", "内网"],
  ["http://[fd12:3456:789a::1]:8000/v1", "内网"],
  ["http://[2001:db8::1]:8000/v1", null],
  ["http://gpu-box.local:8000/v1", "内网"],
  ["https://llm.example.cn/v1", null],
  ["https://127.0.0.1.example.cn/v1", null],
  ["", null],
])("%s: %s", (base_url, expected) => {
  expect(egressByAddress(targetEntry("mine/m", { base_url, egress: null }))).toBe(expected);
});

test("what is stated goes before, and where something else is in between the address tells nothing", () => {
  const own = { base_url: "http://127.0.0.1:8000/v1", egress: null };
  const between: readonly Partial<TargetEntry>[] = [
    { egress: "境外" },
    { baseline: true },
    { command: ["node", "answer.js"] },
    { network: { proxy: "http://proxy.example:3128", ca: [], client_cert: null } },
  ];
  for (const more of between)
    expect(egressByAddress(targetEntry("mine/m", { ...own, ...more }))).toBeNull();
});
