import type { Auth } from "../domain/provider.ts";
import type { WireRequest } from "../wire/http.ts";

/** Secrets by the names that the scheme knows; a single variable is named `key`. */
export type Secrets = Readonly<Record<string, string>>;

/** A credential scheme. One file in `src/auth/` that exports `scheme`; the file's name is its id. */
export type Scheme = {
  readonly id: string;
  readonly authorize: (request: WireRequest, secrets: Secrets, auth: Auth) => Promise<WireRequest>;
};
