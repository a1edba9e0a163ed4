import { expect, test } from "vitest";

import { startServer } from "./process.ts";

const ask = async (url: string, stream?: boolean): Promise<string> => {
  const messages = [{ role: "user", content: "计算：3 + 21 = ?" }];
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { connection: "close" },
    body: JSON.stringify({ model: "load", messages, stream }),
  });
  return response.text();
};

test("a whole reply says what a stream says, and is stamped as well", async () => {
  const server = await startServer({ chunks: 3, first_ms: 1, gap_ms: 1, spread_ms: 0 });
  try {
    const said = "先算个位。先算个位。答案：24";
    const streamed = await ask(server.url, true);
    const pieces = streamed.matchAll(/"delta":\{"content":"([^"]*)"/g);
    expect(Array.from(pieces, ([, piece]) => piece).join("")).toBe(said);
    for (const stream of [false, undefined]) {
      const { choices, usage } = JSON.parse(await ask(server.url, stream)) as {
        choices: readonly { message: { content: string } }[];
        usage: { completion_tokens: number };
      };
      expect(choices[0]?.message.content).toBe(said);
      expect(usage.completion_tokens).toBe(12);
    }
    expect((await server.stamps()).map(({ item }) => item)).toEqual([3, 3, 3]);
    const models = await (await fetch(`${server.url}/v1/models`)).json();
    expect(models).toMatchObject({ data: [{ id: "load" }] });
  } finally {
    await server.close();
  }
});
