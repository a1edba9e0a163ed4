import { z } from "zod";

import type { ChatRequest, Paced, Trouble } from "./exchange.ts";
import type {
  Frame,
  FrameKind,
  ServedProtocol,
  ServedModel,
  ReceivedHttp,
  SentHttp,
} from "./protocol.ts";

/** Parts shared by the simulator's wire protocols. */

const json = { "content-type": "application/json" };
export const eventStream = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache",
};

export type Decoded = { readonly chat: ChatRequest } | { readonly trouble: Trouble };

export const refuse = (message: string): { readonly trouble: Trouble } => ({
  trouble: { outcome: "bad-request", message },
});

/** Parses a JSON body by its schema and converts it, or refuses it with the first problem found. */
export function decodeBody<Schema extends z.ZodType>(
  { body }: ReceivedHttp,
  schema: Schema,
  toChat: (value: z.infer<Schema>) => ChatRequest | string,
): Decoded {
  let raw: unknown;
  try {
    raw = JSON.parse(body.toString("utf8"));
  } catch {
    return refuse("We could not parse the JSON body of your request.");
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(`Invalid value for '${issue?.path.join(".") ?? ""}': ${issue?.message ?? ""}`);
  }
  const chat = toChat(parsed.data);
  return typeof chat === "string" ? refuse(chat) : { chat };
}

/** Null where the key is one of the simulator's and, if it is a token, has not expired. */
export function keyTrouble(key: string | undefined): Trouble | null {
  const expires = /^sim-token-(\d+)-/.exec(key ?? "")?.[1];
  if (expires !== undefined && Number(expires) <= Date.now()) {
    return { outcome: "auth", message: "The access token has expired." };
  }
  if (key?.startsWith("sim-") === true) return null;
  return {
    outcome: "auth",
    message:
      key === undefined
        ? "No credential was sent. The simulator accepts any key that begins with sim-."
        : `The credential ${key.slice(0, 3)}*** is not valid. The simulator accepts any key that begins with sim-.`,
  };
}

export const bearerOf = ({ headers }: ReceivedHttp): string | undefined =>
  /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? "")?.[1];

export const headerOf = ({ headers }: ReceivedHttp, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
};

/** The model named by one segment of the path. */
export function modelIn({ path }: ReceivedHttp, pattern: RegExp): string {
  const segment = pattern.exec(path)?.[1] ?? "";
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export const respond = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): SentHttp => ({ status, headers: { ...json, ...headers }, body: JSON.stringify(body) });

export const namedEvent = (name: string, data: object): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

export const frame = (kind: FrameKind, at_ms: number, text: string | Uint8Array): Frame => ({
  kind,
  at_ms,
  render: () => text,
});

/** A frame for each delta; `first` marks the first delta of the reasoning and of the text. */
export const deltaFrames = (
  { deltas }: Paced,
  render: (part: "reasoning" | "text", text: string, first: boolean) => string | Uint8Array,
): readonly Frame[] => {
  const begun = new Set<string>();
  return deltas.map(({ part, text, at_ms }) => {
    const first = !begun.has(part);
    begun.add(part);
    return frame(part, at_ms, render(part, text, first));
  });
};

/** A plain list of models, for protocols other than OpenAI's. */
export const noModels: ServedProtocol["models"] = (models: readonly ServedModel[]) =>
  respond(200, { models: models.map(({ id }) => ({ name: id })) });

const TextPart = z.looseObject({ text: z.string().optional() });
/** Content as a string or as parts, of which only the text ones count. */
export const Content = z.union([z.string(), z.array(TextPart)]);

export const contentText = (content: z.infer<typeof Content> | null | undefined): string =>
  typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join("");

/** A protocol of endpoints that serve no model, such as token services. */
export const sideOnly = (
  id: string,
  side: NonNullable<ServedProtocol["side"]>,
): ServedProtocol => ({
  id,
  route: () => null,
  authorise: () => null,
  decode: () => refuse("no such operation"),
  trouble: (trouble) => respond(400, { error: trouble.message }),
  models: noModels,
  whole: () => respond(404, {}),
  stream_headers: {},
  frames: () => [],
  trouble_frame: () => "",
  side,
});
