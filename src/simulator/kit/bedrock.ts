import type { Outcome } from "../../domain/outcome.ts";
import type { Trouble } from "./exchange.ts";
import type { Meta, ServedProtocol, ReceivedHttp } from "./protocol.ts";

import { bedrockException } from "./event-frames.ts";
import { bearerOf, keyTrouble, respond } from "./parts.ts";
import { sigv4Trouble } from "./sigv4.ts";

/** Status and exception type of Amazon Bedrock runtime errors. */
const errors: Partial<Record<Outcome, readonly [status: number, type: string]>> = {
  auth: [403, "UnrecognizedClientException"],
  permission: [403, "AccessDeniedException"],
  "model-not-found": [404, "ResourceNotFoundException"],
  "bad-request": [400, "ValidationException"],
  "context-overflow": [400, "ValidationException"],
  "filtered-input": [400, "ValidationException"],
  "rate-limited": [429, "ThrottlingException"],
  quota: [400, "ServiceQuotaExceededException"],
  overloaded: [503, "ServiceUnavailableException"],
  timeout: [408, "ModelTimeoutException"],
  server: [500, "InternalServerException"],
};

/** The parts shared by all operations of the runtime. */
export const bedrockRuntime: Pick<
  ServedProtocol,
  "authorise" | "trouble" | "trouble_frame" | "stream_headers"
> = {
  authorise: (request: ReceivedHttp) => {
    const key = bearerOf(request);
    return key === undefined ? sigv4Trouble(request) : keyTrouble(key);
  },
  trouble: (trouble: Trouble, meta: Meta) => {
    const [status, type] = errors[trouble.outcome] ?? [500, "InternalServerException"];
    return respond(
      trouble.status ?? status,
      { message: messageOf(trouble) },
      { "x-amzn-errortype": trouble.code ?? type, "x-amzn-requestid": meta.request_id },
    );
  },
  // Members of the stream's union begin with a lower-case letter.
  trouble_frame: (trouble: Trouble) => {
    const [, type] = errors[trouble.outcome] ?? [500, "InternalServerException"];
    const name = trouble.code ?? type;
    return bedrockException(name.slice(0, 1).toLowerCase() + name.slice(1), messageOf(trouble));
  },
  stream_headers: { "content-type": "application/vnd.amazon.eventstream" },
};

const messageOf = ({ outcome, message }: Trouble): string => {
  if (outcome === "context-overflow") return `Input is too long for requested model. ${message}`;
  return outcome === "filtered-input"
    ? `Input blocked by content filtering policy. ${message}`
    : message;
};
