import type { Auth } from "../../domain/request/auth.ts";
import type { Http, HttpRequest } from "../../transport/http.ts";
import type { Tokens } from "./tokens.ts";

import { loadPlugin } from "../../plugins.ts";

/** Secrets by the scheme's names for them; a single variable is named `key`. */
export type Secrets = Readonly<Record<string, string>>;

/** What a scheme may use besides the request. */
export type SchemeContext = {
  readonly http: Http;
  /** Tokens of this run, shared by all requests. */
  readonly tokens: Tokens;
  readonly now: () => Date;
  /** The request that the vendor has just refused with 401, or null. */
  readonly refused: HttpRequest | null;
};

/** A credential scheme. One file in `src/auth/` that exports `scheme`; the file's name is its id. */
export type Scheme = {
  readonly id: string;
  /** Its names for the secrets that it needs; a single one is `key`. */
  readonly secrets: readonly string[];
  /** Secrets that not every account has. */
  readonly optional?: readonly string[];
  /** What the provider's `auth.with` may set. */
  readonly settings?: readonly string[];
  /** The credential can be fetched again if a vendor refuses it before it expires. */
  readonly renews?: boolean;
  /** Rejects with a `CredentialError` if no credential is available. */
  readonly authorize: (
    request: HttpRequest,
    secrets: Secrets,
    auth: Auth,
    context: SchemeContext,
  ) => Promise<HttpRequest>;
  /** What the simulator at this origin accepts, if `sim-…` for each secret will not do. */
  readonly simulated?: (origin: string) => {
    readonly secrets: Secrets;
    readonly with?: Readonly<Record<string, string>>;
  };
};

/** The request with one more header. */
export const withHeader = (request: HttpRequest, name: string, value: string): HttpRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});

/** A scheme, or null if there is none of that name. Looked up for each request, so it is cached. */
export const loadScheme = (id: string): Promise<Scheme | null> => loadPlugin("auth", id);
