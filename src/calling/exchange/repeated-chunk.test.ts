import { expect, test } from "vitest";

import { RepeatedChunks } from "./repeated-chunk.ts";

const [before, after] = ['{"id":"c1","content":"', '","usage":null}'];
const chunkOf = (text: string, lead = "data: ", end = "\n\n"): Buffer =>
  Buffer.from(`${lead}${before}${text}${after}${end}`);

test.each(["data: ", "data:"])(
  "after %j a chunk with other plain text is read by its bytes",
  (lead) => {
    const chunks = new RepeatedChunks();
    const next = chunkOf("十位。😀", lead);
    expect(chunks.textIn(next)).toBe(null);
    chunks.learn(chunkOf("先算", lead), before, after);
    expect(chunks.textIn(next)).toBe("十位。😀");
  },
);

test.each<[string, Buffer]>([
  ["no text", chunkOf("")],
  ["a quote", chunkOf('一","content":"二')],
  ["an escape", chunkOf("一\\n")],
  ["a control character", chunkOf("一\u0085")],
  ["two events", Buffer.concat([chunkOf("一"), chunkOf("二")])],
  ["half an event", chunkOf("一").subarray(0, -1)],
  ["another beginning", chunkOf("一", "data:")],
  ["another end", chunkOf("一", "data: ", "\r\n\r\n")],
  ["a comment before it", Buffer.concat([Buffer.from(": ping\n\n"), chunkOf("一")])],
])("a chunk with %s is left to the parser", (_, chunk) => {
  const chunks = new RepeatedChunks();
  chunks.learn(chunkOf("先算"), before, after);
  expect(chunks.textIn(chunk)).toBe(null);
});

test("nothing is learned of a chunk that is more than its event", () => {
  const chunks = new RepeatedChunks();
  chunks.learn(Buffer.concat([Buffer.from("id: 1\n"), chunkOf("一")]), before, after);
  chunks.learn(chunkOf("一", "data: ", "\n\n: ping\n\n"), before, after);
  expect(chunks.textIn(chunkOf("二"))).toBe(null);
});
