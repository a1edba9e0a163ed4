import type { Headers } from "../../transport/http.ts";
import type { Classified } from "../classify-outcome.ts";

/** The code of a call that was answered with a redirect. */
export const redirectCode = "redirect";

/**
 * What a redirect means, or null for another status. It is not followed, because the request holds credentials and the
 * times would be those of two servers; the address stands in the message, without what may be secret in it. Nothing but a
 * change of the configuration helps, so it is not tried again.
 */
export function redirectOf(
  status: number | null,
  headers: Headers,
  url: string,
): Classified | null {
  if (status === null || status < 300 || status > 399) return null;
  const location = headers["location"];
  const target = typeof location === "string" ? URL.parse(location, url) : null;
  const message =
    target === null
      ? `answered with the redirect ${status}, which names no address`
      : `redirected (${status}) to ${publicAddress(target)}, which was not followed: if that is the API, put its address into base_url`;
  return { outcome: "bad-request", code: redirectCode, message };
}

/** Without user, password, query and fragment, and without path segments that look like a token. */
function publicAddress(url: URL): string {
  const path = url.pathname
    .split("/")
    .map((part) => (part.length >= 32 && /\d/.test(part) ? "…" : part))
    .join("/");
  return (url.origin === "null" ? `${url.protocol}//${url.host}` : url.origin) + path;
}
