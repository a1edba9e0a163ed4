/**
 * The reference loop: a minimal streaming client. `undici.request`, the body read as it arrives, events split and parsed,
 * the pieces of the answer joined. Nothing is graded or kept, and the only time taken is that of the first event of
 * answers on kept-alive connections.
 *
 * Arguments: url items concurrency. Prints `{wall_ms, characters, ttft}`, the last as pairs of item and milliseconds.
 */
import { Agent, request } from "undici";

const [url = "", items = "1000", concurrency = "64"] = process.argv.slice(2);
const dispatcher = new Agent({ connections: Number(concurrency), pipelining: 1, allowH2: false });
const start = performance.now();
let asked = 0;
let characters = 0;
const ttft: [item: number, ms: number][] = [];

await Promise.all(Array.from({ length: Number(concurrency) }, worker));
console.log(JSON.stringify({ wall_ms: performance.now() - start, characters, ttft }));
await dispatcher.destroy();

async function worker(): Promise<void> {
  while (asked < Number(items)) {
    asked += 1;
    characters += (await send(asked)).length;
  }
}

async function send(number: number): Promise<string> {
  const content = `计算：${number} + ${number * 7} = ?`;
  const sent = performance.now();
  let first: number | null = null;
  const { body } = await request(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ model: "load", messages: [{ role: "user", content }], stream: true }),
    dispatcher,
  });
  const decoder = new TextDecoder();
  let rest = "";
  let answer = "";
  for await (const bytes of body) {
    first ??= performance.now() - sent;
    const events = (rest + decoder.decode(bytes as Buffer, { stream: true })).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) answer += pieceOf(event);
  }
  // Each worker's first request opens its connection.
  if (number > Number(concurrency) && first !== null) ttft.push([number, first]);
  return answer;
}

function pieceOf(event: string): string {
  if (event === "data: [DONE]") return "";
  const { choices } = JSON.parse(event.slice(6)) as { choices: { delta: { content?: string } }[] };
  return choices[0]?.delta.content ?? "";
}
