import type { Headers, Http, HttpRequest } from "../../transport/http.ts";
import type { SchemeContext } from "./scheme.ts";
import type { Token } from "./tokens.ts";

import { outcomeOfStatus } from "../../domain/outcome.ts";
import { CredentialError } from "./credential-error.ts";

const deadlines = { first_byte: 30_000, idle: 30_000, total: 60_000 };
export const defaultLifeS = 3600;
/** No token comes with more than that. */
const mostBytes = 1 << 20;

/**
 * Posts a form to a token endpoint (RFC 6749 §4) and reads `access_token` and `expires_in`.
 * Rejects with a `CredentialError`: the endpoint's own error with its code, or the socket's failure.
 */
export async function requestToken(
  http: Http,
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<Token> {
  const answer = await callTokenEndpoint(http, formRequest(url, form));
  const { status, json } = answer;
  const token = json["access_token"];
  if (status === 200 && typeof token === "string" && token !== "") {
    const life = Number(json["expires_in"]);
    return { value: token, expires_in_s: Number.isFinite(life) && life > 0 ? life : defaultLifeS };
  }
  throw tokenRefusal(answer, json);
}

/** A token endpoint's response. */
export type TokenAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The members of its JSON object; empty if it is not one. */
  readonly json: Readonly<Record<string, unknown>>;
};

/** Sends a request to a token endpoint. Rejects with a `CredentialError` if the socket fails. */
export async function callTokenEndpoint(http: Http, request: HttpRequest): Promise<TokenAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let status = 0;
  let headers: Headers = {};
  const end = await http.exchange(
    request,
    {
      head: (code, received) => {
        status = code;
        headers = received;
      },
      data: (chunk) => {
        bytes += chunk.length;
        return chunks.push(Buffer.from(chunk)) > 0;
      },
      enough: () =>
        bytes > mostBytes ? { code: "too-long", message: `more than ${mostBytes} bytes` } : null,
    },
    { deadlines, signal: new AbortController().signal },
  );
  if (end.failure !== null) {
    const { outcome, code, message } = end.failure;
    throw new CredentialError(outcome, `token endpoint ${new URL(request.url).host}: ${message}`, {
      code,
    });
  }
  const text = Buffer.concat(chunks).toString("utf8");
  return { status, headers, text, json: parsed(text) };
}

/** The error for a response without a token; `details` is the object that describes it. */
export function tokenRefusal(
  { status, text }: TokenAnswer,
  details: Readonly<Record<string, unknown>>,
): CredentialError {
  const code = details["error_code"] ?? details["error"] ?? details["errorCode"] ?? details["code"];
  const message =
    details["error_description"] ??
    details["error_msg"] ??
    details["errorMessage"] ??
    details["message"];
  // Token endpoints answer a wrong secret with 400, and an unknown tenant or account with 404.
  const isRefusal = status === 400 || status === 404 || status < 300;
  const outcome = isRefusal ? "auth" : outcomeOfStatus(status);
  return new CredentialError(
    outcome,
    `token endpoint: ${typeof message === "string" ? message : text.slice(0, 200)}`,
    { status, code: typeof code === "string" ? code : null },
  );
}

/** The bearer token of a request that was refused, or null. */
export function refusedToken({ refused }: SchemeContext): string | null {
  return /^Bearer (.+)$/.exec(refused?.headers["authorization"] ?? "")?.[1] ?? null;
}

const formRequest = (url: string, form: Readonly<Record<string, string>>): HttpRequest => ({
  method: "POST",
  url,
  headers: {
    "content-type": "application/x-www-form-urlencoded",
    accept: "application/json",
  },
  body: new URLSearchParams(form).toString(),
});

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? { ...json } : {};
  } catch {
    return {};
  }
}
