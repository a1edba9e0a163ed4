import type { Auth } from "../../domain/request/auth.ts";
import type { Network } from "../../transport/network.ts";
import type { Scheme } from "./scheme.ts";

import { type Http, through, type HttpRequest } from "../../transport/http.ts";
import { CredentialError } from "./credential-error.ts";
import { loadScheme } from "./scheme.ts";
import { createTokens } from "./tokens.ts";

/** Adds credentials to a finished request. Given the request that was refused, resolves to null unless new ones may help. */
export type Authorize = (
  request: HttpRequest,
  refused?: HttpRequest,
) => Promise<HttpRequest | null>;

/** Where credentials come from: the environment, or what the simulator at this origin accepts. */
export type Credentials = Held | { readonly simulator: string };

type Held = ReturnType<NonNullable<Scheme["simulated"]>>;

/** Credentials for all endpoints of a run, fetched over the same network. One per run, because it caches the tokens. */
export function createAuthorizer(
  http: Http,
): (auth: Auth, keys: Credentials, network?: Network) => Authorize {
  const tokens = createTokens(() => performance.now());
  return (auth, keys, network) => {
    /** What is the same for every request. */
    let known: SchemeInUse | null = null;
    const prepare = async (): Promise<SchemeInUse> => {
      const scheme = await loadScheme(auth.scheme);
      if (scheme === null) {
        throw new CredentialError("auth", `there is no auth scheme ${auth.scheme}`);
      }
      const held: Held = "secrets" in keys ? keys : simulatedKeys(scheme, auth, keys.simulator);
      const settings = { ...auth, with: { ...auth.with, ...held.with } };
      known = { scheme, secrets: held.secrets, settings, http: through(http, network) };
      return known;
    };
    return async (request, refused) => {
      const { scheme, secrets, settings, http: over } = known ?? (await prepare());
      if (refused !== undefined && scheme.renews !== true) return null;
      const now = () => new Date();
      return scheme.authorize(request, secrets, settings, {
        http: over,
        tokens,
        now,
        refused: refused ?? null,
      });
    };
  };
}

type SchemeInUse = {
  readonly scheme: Scheme;
  readonly secrets: Held["secrets"];
  readonly settings: Auth;
  readonly http: Http;
};

/** The simulator accepts any key that starts with `sim-`, unless the scheme says otherwise. */
function simulatedKeys(scheme: Scheme, { env }: Auth, origin: string): Held {
  const names = typeof env === "object" ? Object.keys(env) : ["key"];
  return (
    scheme.simulated?.(origin) ?? {
      secrets: Object.fromEntries(names.map((name) => [name, `sim-${name}`])),
    }
  );
}
