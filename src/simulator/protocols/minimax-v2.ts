import type { ServedProtocol } from "../kit/protocol.ts";

import { protocol as chat } from "./openai-chat.ts";

/** MiniMax chatcompletion_v2: OpenAI's chat at another path, in that vendor's dialect. */
export const protocol: ServedProtocol = {
  ...chat,
  id: "minimax-v2",
  route: (method, path) =>
    method === "POST" && path.endsWith("/text/chatcompletion_v2") ? "chat" : null,
};
