import { expect, test } from "vitest";

import { canonicalJson } from "../digest.ts";
import { whole } from "./whole.ts";

type Call = { readonly text: string; readonly doubt?: string; readonly at: number | null };

test("a record without a member has the members of one that has it, and the text of one that has not", () => {
  const doubted = whole<Call>({ text: "十二", doubt: "more than was said", at: null });
  const trusted = whole<Call>({ text: "十二", doubt: undefined, at: null });
  expect(Object.keys(trusted)).toEqual(Object.keys(doubted));
  expect(JSON.stringify(trusted)).toBe('{"text":"十二","at":null}');
  expect(canonicalJson(trusted)).toBe(canonicalJson({ text: "十二", at: null }));
});
