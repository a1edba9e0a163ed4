import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type NameRelation, nameRelation } from "./model-name.ts";

describe("the name that came back beside the one that was asked for", () => {
  test.each<[string, string, NameRelation]>([
    ["qwen-plus", "qwen-plus", "same"],
    ["GLM-5.3", "glm-5.3", "same"],
    ["gemini-2.5-pro", "models/gemini-2.5-pro", "same"],
    ["qwen-plus", "qwen-plus-2026-09-11", "dated"],
    ["claude-sonnet-4", "claude-sonnet-4-20250514", "dated"],
    ["claude-3-5-sonnet", "claude-3-5-sonnet@20240620", "dated"],
    ["doubao-1-5-pro-32k", "doubao-1-5-pro-32k-250115", "dated"],
    ["mistral-large", "mistral-large-2411", "dated"],
    ["grok-4", "grok-4-0709", "dated"],
    ["command-a", "command-a-03-2025", "dated"],
    ["gemini-1.5-pro", "gemini-1.5-pro-002", "dated"],
    ["gpt-4.1-2025-04-14", "gpt-4.1", "dated"],
    ["llama3.1", "llama3.1:latest", "dated"],
    ["Qwen/Qwen3-8B", "Qwen/Qwen3-8B@main", "dated"],
    ["anthropic.claude-x", "anthropic.claude-x-20260115-v1:0", "dated"],
    ["plus", "org/plus", "alias"],
    ["openai/gpt-5.6", "gpt-5.6-2026-08-01", "alias"],
    ["gpt-4", "gpt-4.1", "other"],
    ["gpt-4", "gpt-4-32k", "other"],
    ["claude-sonnet-4", "claude-sonnet-4-5", "other"],
    ["claude-sonnet-4", "claude-sonnet-4-5-20250929", "other"],
    ["deepseek-v3", "deepseek-v3.1", "other"],
    ["qwen3", "qwen3-32b", "other"],
    ["gemini-2.5-pro", "gemini-3.8-flash", "other"],
    ["gpt-4.1-2025-04-14", "gpt-4.1-2026-04-14", "other"],
    ["plus", "plus-mini-2026-04-28", "other"],
    ["plus-4", "plus-40", "other"],
    ["plus", "plus-2099", "other"],
    ["a/model", "b/model", "other"],
    ["mine", "/models/mine-q4.gguf", "other"],
  ])("%s → %s: %s", (asked, returned, relation) => {
    expect(nameRelation(asked, returned)).toBe(relation);
  });

  test("the vendor's file may name more", () => {
    expect(nameRelation("ep-2026", "doubao-seed-2", ["doubao-*"])).toBe("alias");
    expect(nameRelation("ep-2026", "deepseek-v4", ["doubao-*"])).toBe("other");
  });

  test("a date behind a name is the same model, whichever of both has it", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}[a-z]$/);
    const date = fc.date({
      min: new Date("2023-01-01"),
      max: new Date("2039-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(name, date, (base, at) => {
        const dated = `${base}-${at.toISOString().slice(0, 10)}`;
        expect(nameRelation(base, dated)).toBe("dated");
        expect(nameRelation(dated, base)).toBe("dated");
      }),
    );
  });
});
