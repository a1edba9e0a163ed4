import { vi } from "vitest";

import type { TargetEntry } from "../../../domain/run-file/header.ts";

/** A target of one vendor without limits of rate; `more` replaces members. */
export const laneEntry = (more: Partial<TargetEntry> = {}): TargetEntry => ({
  ref: "acme/m",
  provider: "acme",
  model: "m",
  variant: null,
  vendor: { zh: "某", en: "Acme" },
  base_model: null,
  protocol: "openai-chat",
  base_url: "http://127.0.0.1",
  egress: null,
  params: {},
  limits: { scope: "account", concurrency: 2, rpm: null, tpm: null },
  price: null,
  reference: false,
  baseline: false,
  ...more,
});

/** Lets vitest's clock go on for as long as the work takes. */
export async function passing<T>(work: Promise<T>): Promise<T> {
  const state = { isDone: false };
  const settle = (): void => void (state.isDone = true);
  work.then(settle, settle);
  while (!state.isDone) await vi.advanceTimersByTimeAsync(1);
  return work;
}
