import type { Outcome } from "../../domain/outcome.ts";

/** No credential was available: the attempt ends with this outcome before anything is sent to the vendor. */
export class CredentialError extends Error {
  readonly outcome: Outcome;
  readonly status: number | null;
  readonly code: string | null;

  constructor(
    outcome: Outcome,
    message: string,
    details: { status?: number | null; code?: string | null } = {},
  ) {
    super(message);
    this.name = "CredentialError";
    this.outcome = outcome;
    this.status = details.status ?? null;
    this.code = details.code ?? null;
  }
}
