import type { Reply } from "../../domain/call.ts";

/**
 * Whether a server says that it will serve the model once it has loaded it: llama.cpp's "Loading model", "starting",
 * "warming up" of others. It has refused nothing for good.
 */
export const isLoading = ({ outcome, message }: Pick<Reply, "outcome" | "message">): boolean =>
  (outcome === "overloaded" || outcome === "server") &&
  /loading|warming|starting|加载|启动中/i.test(message ?? "");
