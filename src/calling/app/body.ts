import type { App } from "../../domain/app/app.ts";
import type { ChatMessage } from "../../domain/call.ts";
import type { Dropped } from "../../domain/params.ts";
import type { CallRequest } from "../protocol.ts";

import { isObject } from "../../domain/json.ts";
import { saidIn } from "../../domain/request/said.ts";

/** What is sent to an application, and what of the request it does not hold. */
export type AppRequest = {
  readonly body: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, string>>;
  /** The messages whose text is sent. */
  readonly sent: readonly ChatMessage[];
  readonly dropped: readonly Dropped[];
};

const placeholder = /\{\{\s*([\p{L}\p{N}_.-]+)\s*\}\}/gu;
const whole = /^\s*\{\{\s*([\p{L}\p{N}_.-]+)\s*\}\}\s*$/u;

/**
 * Fills an application's templates. A text that is one placeholder becomes its value, a list or a map included, and its
 * member is left out where there is no value; within a longer text a value is written out, and nothing where there is
 * none. What the templates have no place for is in `dropped`: params, tools, and earlier messages.
 */
export function appRequest(call: CallRequest, app: Pick<App, "body" | "query">): AppRequest {
  const used = new Set<string>();
  const valueOf = valuesOf(call);
  const lookUp = (name: string): unknown => {
    used.add(name);
    return valueOf(name);
  };
  const body = filled(app.body ?? {}, lookUp);
  const query = filled(app.query ?? {}, lookUp);
  const { sent, unsent } = sentMessages(call.messages, used);
  return {
    body: isObject(body) ? body : {},
    query: Object.fromEntries(
      Object.entries(isObject(query) ? query : {}).map(([name, value]) => [name, written(value)]),
    ),
    sent,
    dropped: [...unsent, ...droppedParams(call, used)],
  };
}

/** The value of each placeholder; undefined where there is none. */
function valuesOf({ messages, model, params, vars = {} }: CallRequest): (name: string) => unknown {
  const system = messages.filter(({ role }) => role === "system").map(({ text }) => text);
  const talk = messages.filter(({ role }) => role !== "system");
  const listed = (those: readonly ChatMessage[]) =>
    those.map((message) => ({ role: message.role, content: saidIn(message) }));
  const earlier = talk.slice(0, -1);
  const named: Readonly<Record<string, unknown>> = {
    question: talk.at(-1)?.text ?? "",
    system: system.length === 0 ? undefined : system.join("\n\n"),
    messages: listed(messages),
    talk: listed(talk),
    history: earlier.length === 0 ? undefined : listed(earlier),
    model,
    vars,
  };
  return (name) => {
    if (Object.hasOwn(named, name)) return named[name];
    const [scope, ...rest] = name.split(".");
    const of = scope === "vars" ? vars : scope === "params" ? params : {};
    const key = rest.join(".");
    return Object.hasOwn(of, key) ? Reflect.get(of, key) : undefined;
  };
}

function filled(template: unknown, lookUp: (name: string) => unknown): unknown {
  if (typeof template === "string") {
    const only = whole.exec(template)?.[1];
    if (only !== undefined) return lookUp(only);
    return template.replaceAll(placeholder, (_all, name: string) => written(lookUp(name)));
  }
  if (Array.isArray(template))
    return template.map((each) => filled(each, lookUp)).filter((each) => each !== undefined);
  if (!isObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template)
      .map(([name, each]) => [name, filled(each, lookUp)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

const written = (value: unknown): string =>
  value === undefined || value === null
    ? ""
    : typeof value === "string"
      ? value
      : JSON.stringify(value);

function sentMessages(
  messages: readonly ChatMessage[],
  used: ReadonlySet<string>,
): { readonly sent: readonly ChatMessage[]; readonly unsent: readonly Dropped[] } {
  const last = messages.findLast(({ role }) => role !== "system");
  const isSent = (message: ChatMessage): boolean => {
    if (used.has("messages")) return true;
    if (message.role === "system") return used.has("system");
    if (used.has("talk")) return true;
    return message === last ? used.has("question") : used.has("history");
  };
  const sent = messages.filter(isSent);
  const unsent = messages.filter((message) => !isSent(message));
  const roles = [...new Set(unsent.map(({ role }) => (role === "system" ? "system" : "messages")))];
  return {
    sent,
    unsent: roles.map((param) => ({
      param,
      asked: unsent.filter(({ role }) => (role === "system") === (param === "system")).length,
      effective: null,
      reason: noPlace,
    })),
  };
}

const noPlace = "the application's body has no place for it";

function droppedParams(
  { params, tools = [] }: CallRequest,
  used: ReadonlySet<string>,
): readonly Dropped[] {
  const unsent = Object.entries(params)
    .filter(([name, value]) => value !== undefined && !used.has(`params.${name}`))
    .map(([param, asked]) => ({ param, asked, effective: null, reason: noPlace }));
  return tools.length === 0
    ? unsent
    : [
        ...unsent,
        {
          param: "tools",
          asked: tools.map((tool) => ("function" in tool ? tool.function.name : tool.name)),
          effective: null,
          reason: noPlace,
        },
      ];
}
