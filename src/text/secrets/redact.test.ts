import { expect, test } from "vitest";

import { hideKnown, redact } from "./redact.ts";

test.each([
  [
    "Incorrect API key provided: sk-abcdefghijklmnop1234, try again",
    "Incorrect API key provided: ***, try again",
  ],
  ["Authorization: Bearer abc.def-ghi_jkl", "Authorization: Bearer ***"],
  ["authorization: basic dXNlcjpwYXNz", "authorization: basic ***"],
  ['{"api_key":"a1b2c3d4e5"}', '{"api_key":"***"}'],
  ["key LTAI5tAbCdEfGhIjKlMn used", "key *** used"],
  ["the token count is 12", "the token count is 12"],
  ["每分钟 token 上限已到", "每分钟 token 上限已到"],
])("%s", (text, expected) => {
  expect(redact(text)).toBe(expected);
});

test("known texts are removed in every encoding, longest first; short ones stay", () => {
  const hide = ["geheim/1 2", "geheim", "ab"];
  expect(redact("geheim/1 2 geheim%2F1%202 geheim ab", hide)).toBe("*** *** *** ab");
  const base64 = Buffer.from("geheim/1 2").toString("base64");
  expect(hideKnown(`Basic ${base64}`, hide)).not.toContain(base64.slice(0, -2));
  expect(hideKnown('{"x":"a\\"b\\\\c"}', ['a"b\\c'])).toBe('{"x":"***"}');
});

test("removing only known texts leaves the model's output alone", () => {
  const text = "示例：Authorization: Bearer abcdefgh12345678";
  expect(hideKnown(text, ["anderes"])).toBe(text);
});
