import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a server does otherwise than it is asked. */
export type Habit = {
  /** The model that it says answered; without it, the asked one. */
  readonly model?: string;
  /** Characters of reasoning, whatever was asked; without it, as many as the effort asks for. */
  readonly reasoning?: number;
  /** Reports tokens of reasoning and does not show the text. */
  readonly hidden?: boolean;
  /** Refuses this parameter. */
  readonly refuses?: string;
};

export type SwappingServer = {
  readonly url: string;
  readonly bodies: readonly Readonly<Record<string, unknown>>[];
  readonly close: () => Promise<void>;
};

const byEffort: Readonly<Record<string, number>> = { low: 40, high: 400, max: 900 };

/**
 * A chat server of OpenAI's dialect that keeps its own counsel: which model answers, whether it thinks and how much. It
 * shares nothing with the simulator. Every answer is B; `habits` are by the asked model.
 */
export async function startSwappingServer(
  habits: Readonly<Record<string, Habit>>,
): Promise<SwappingServer> {
  const bodies: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
      bodies.push(body);
      answer(body, habits[String(body["model"])] ?? {}, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    bodies,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answer(body: Record<string, unknown>, habit: Habit, response: ServerResponse): void {
  const { refuses } = habit;
  if (refuses !== undefined && Object.hasOwn(body, refuses)) {
    response.writeHead(400, { "content-type": "application/json" });
    const message = `Unsupported parameter: '${refuses}' is not supported with this model.`;
    const error = { message, type: "invalid_request_error", param: refuses };
    response.end(JSON.stringify({ error: { ...error, code: "unsupported_parameter" } }));
    return;
  }
  const model = habit.model ?? body["model"];
  const chars = habit.reasoning ?? byEffort[String(body["reasoning_effort"])] ?? 0;
  const text = "一年有十二个月。\n答案：B";
  const said = (delta: object, finish_reason: string | null = null): void => {
    response.write(
      `data: ${JSON.stringify({ model, choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
    );
  };
  response.writeHead(200, { "content-type": "text/event-stream" });
  if (chars > 0 && habit.hidden !== true) said({ reasoning_content: "想".repeat(chars) });
  said({ content: text });
  said({}, "stop");
  const usage = {
    prompt_tokens: 60,
    completion_tokens: chars + 12,
    completion_tokens_details: { reasoning_tokens: chars },
  };
  response.write(`data: ${JSON.stringify({ model, choices: [], usage })}\n\n`);
  response.end("data: [DONE]\n\n");
}
