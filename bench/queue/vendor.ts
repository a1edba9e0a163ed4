/**
 * A vendor in a process of its own, whose latency is all that takes time: `vendor.ts PORT LATENCY_MS`. It adds the two numbers of
 * a question up. `/stats` says when each request began, how many were under way at once and how often each question was asked.
 */
import { createServer } from "node:http";

const [port = "0", latency = "300"] = process.argv.slice(2);
const starts: number[] = [];
const asked = new Map<string, number>();
let now = 0;
let peak = 0;

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;

const server = createServer((request, response) => {
  if (request.url === "/stats") {
    const repeats = [...asked.values()].reduce((sum, times) => sum + times - 1, 0);
    response.end(JSON.stringify({ starts, peak, questions: asked.size, repeats }));
    return;
  }
  starts.push(Date.now());
  now += 1;
  peak = Math.max(peak, now);
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = JSON.parse(Buffer.concat(chunks).toString()) as {
      readonly model: string;
      readonly messages: readonly { readonly content: string }[];
    };
    const text = body.messages.at(-1)?.content ?? "";
    const key = `${body.model} ${text}`;
    asked.set(key, (asked.get(key) ?? 0) + 1);
    const [, a = 0, b = 0] = (/(\d+) \+ (\d+)/.exec(text) ?? []).map(Number);
    setTimeout(() => {
      now -= 1;
      response.writeHead(200, { "content-type": "text/event-stream" });
      const choice = (more: object) => ({ model: body.model, choices: [{ index: 0, ...more }] });
      response.write(event(choice({ delta: { content: String(a + b) } })));
      const usage = { prompt_tokens: 20, completion_tokens: 3 };
      response.end(
        `${event({ ...choice({ delta: {}, finish_reason: "stop" }), usage })}data: [DONE]\n\n`,
      );
    }, Number(latency));
  });
});
server.listen(Number(port), "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" ? address?.port : "");
});
