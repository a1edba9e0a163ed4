import type { HttpRequest } from "../transport/http.ts";
import type { Endpoint } from "./protocol.ts";

/** A POST of a JSON body; the endpoint's own headers override the usual ones. */
export const postJson = (
  { headers }: Endpoint,
  url: string,
  body: unknown,
  accept = "text/event-stream",
): HttpRequest => ({
  method: "POST",
  url,
  headers: { "content-type": "application/json", accept, ...headers },
  body: JSON.stringify(body),
});
