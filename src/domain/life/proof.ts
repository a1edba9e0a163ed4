import { z } from "zod";

import type { Text } from "../text.ts";

import { record } from "../schema/readonly.ts";

/**
 * What shows that a vendor is spoken to as it expects: an account's recorded calls, the vendor's own SDK against the
 * simulator, or the simulator alone, which was written from the same documentation as our side. `command`: it is no
 * vendor, but a program of the user's own machine.
 */
export const Proof = record({
  kind: z.enum(["recorded", "sdk", "simulated", "command"]),
  /** Day of the newest recording; null for the others. */
  on: z.iso.date().nullable(),
});
export type Proof = z.infer<typeof Proof>;

/** 已实测（2026-11-29）, SDK 验证 or 仅模拟. */
export function proofText({ kind, on }: Proof): Text {
  if (kind === "recorded") return { zh: `已实测（${on ?? ""}）`, en: `tried (${on ?? ""})` };
  if (kind === "command")
    return { zh: "本机命令（计时含启动进程）", en: "local command (times include its start)" };
  return kind === "sdk"
    ? { zh: "SDK 验证", en: "SDK-checked" }
    : { zh: "仅模拟", en: "simulated only" };
}
