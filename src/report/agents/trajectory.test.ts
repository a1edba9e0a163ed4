import { expect, test } from "vitest";

import { timingOf } from "../testing/lines.ts";
import { isPlayed, saidIn, trajectoryText } from "./trajectory.ts";

const call = { id: "c1", name: "list_receipts", arguments: "{}" };
const result = { id: "c1", name: "list_receipts", content: '{"receipts":["R1"]}' };

test("a reply is its words and its calls, without what the model thought", () => {
  expect(saidIn({ text: "<think>先列出</think>好的。", tool_calls: [call] })).toBe(
    "好的。\n→ list_receipts {}",
  );
});

test("a conversation shows each request with its calls, results and time", () => {
  const turns = [
    { text: "", tool_calls: [call], results: [result], timing: null },
    { text: "都办好了。", timing: null },
  ];
  expect(isPlayed(turns)).toBe(true);
  expect(trajectoryText(turns)).toBe(
    '#1\n→ list_receipts {}\n← {"receipts":["R1"]}\n#2\n都办好了。',
  );
  expect(isPlayed([{}])).toBe(false);
});

test("times are told where they are wanted, and what the text or the user says is told once", () => {
  const timing = timingOf(200, 1_250);
  const text = "请问项目编号是多少？";
  const said = { id: null, name: "user", arguments: JSON.stringify({ said: text }) };
  const answer = { id: null, name: "user", content: "P-1" };
  const turns = [
    { text: "", tool_calls: [call], results: [result], timing },
    { text, played: [said], results: [answer], timing },
  ];
  const [first, second] = ['→ list_receipts {}\n← {"receipts":["R1"]}', `${text}\n← P-1`];
  expect(trajectoryText(turns)).toBe(`#1 · 1.25 s\n${first}\n#2 · 1.25 s\n${second}`);
  expect(trajectoryText(turns, false)).toBe(`#1\n${first}\n#2\n${second}`);
});
