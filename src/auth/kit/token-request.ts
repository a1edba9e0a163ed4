import { outcomeOfStatus } from "../../domain/outcome.ts";
import type { Http, WireRequest } from "../../wire/http.ts";
import type { SchemeContext } from "../scheme.ts";
import { CredentialError } from "./credential-error.ts";
import type { Token } from "./tokens.ts";

const deadlines = { first_byte: 30_000, idle: 30_000, total: 60_000 };
const defaultLifeS = 3600;

/**
 * Posts a form to a token endpoint (RFC 6749 §4) and reads `access_token` and `expires_in`.
 * Rejects with a `CredentialError`: the endpoint's own error with its code, or how the socket fared.
 */
export async function requestToken(
  http: Http,
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<Token> {
  const { status, text } = await post(http, url, form);
  const json = parsed(text);
  const token = json["access_token"];
  if (status === 200 && typeof token === "string" && token !== "") {
    const life = Number(json["expires_in"]);
    return { value: token, expires_in_s: Number.isFinite(life) && life > 0 ? life : defaultLifeS };
  }
  const code = json["error"] ?? json["errorCode"] ?? json["code"];
  const message = json["error_description"] ?? json["errorMessage"] ?? json["message"];
  // Token endpoints answer a wrong secret with 400.
  const outcome = status === 400 || status === 200 ? "auth" : outcomeOfStatus(status);
  throw new CredentialError(
    outcome,
    `token endpoint: ${typeof message === "string" ? message : text.slice(0, 200)}`,
    { status, code: typeof code === "string" ? code : null },
  );
}

/** The bearer token of a request that was refused, or null. */
export function refusedToken({ refused }: SchemeContext): string | null {
  return /^Bearer (.+)$/.exec(refused?.headers["authorization"] ?? "")?.[1] ?? null;
}

async function post(
  http: Http,
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly text: string }> {
  const request: WireRequest = {
    method: "POST",
    url,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
    },
    body: new URLSearchParams(form).toString(),
  };
  const chunks: Buffer[] = [];
  let status = 0;
  const end = await http.exchange(
    request,
    {
      head: (code) => {
        status = code;
      },
      data: (chunk) => chunks.push(chunk) > 0,
    },
    { deadlines, signal: new AbortController().signal },
  );
  if (end.failure !== null) {
    const { outcome, code, message } = end.failure;
    throw new CredentialError(outcome, `token endpoint: ${message}`, { code });
  }
  return { status, text: Buffer.concat(chunks).toString("utf8") };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? { ...json } : {};
  } catch {
    return {};
  }
}
