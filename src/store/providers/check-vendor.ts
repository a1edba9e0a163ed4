import type { ProviderPatch } from "../../domain/provider.ts";
import type { Problem, Text } from "../../domain/text.ts";
import type { Locate } from "../yaml/yaml.ts";

import { UserError } from "../../domain/text.ts";
import { pluginIds } from "../../plugins.ts";
import { unknownName } from "../../validation/suggest.ts";
import { problemAt } from "../yaml/yaml.ts";
import { checkHeaders } from "./key-form.ts";
import { checkProxySetting } from "./network.ts";
import { secretProblems } from "./secrets.ts";

/**
 * What would keep requests from a vendor, as far as its file can tell: unknown protocols and credential schemes, missing
 * variable names, secrets in plain text, and addresses and headers that nothing can be sent to or with. What an environment
 * variable decides is not known here.
 */
export function vendorProblems(vendor: ProviderPatch, locate: Locate): readonly Problem[] {
  return [
    ...secretProblems(vendor, locate),
    ...nameProblems(vendor, locate),
    ...addressProblems(vendor, locate),
    ...pathProblems(vendor, locate),
    ...headerProblems(vendor, locate),
    ...networkProblems(vendor, locate),
    ...likeProblems(vendor, locate),
    ...applicationProblems(vendor, locate),
  ];
}

/** True for an address that requests can go to. */
export function isHttpUrl(text: string): boolean {
  const url = URL.parse(text);
  return (url?.protocol === "https:" || url?.protocol === "http:") && url.hostname !== "";
}

/** What is said of an address that is none. */
export const noAddress = (written: string): Text => {
  const isLocal = /^(?:localhost|[\d.]+)(?:[:/]|$)/.test(written);
  const meant = `${isLocal ? "http" : "https"}://${written}`;
  const isBare =
    isHttpUrl(meant) && /^[\p{L}\p{N}[]/u.test(written) && !/:\/|^\w+\/\//.test(written);
  return {
    zh: `不是 http(s) 网址：${written}${isBare ? `；是否应为 ${meant}？` : "；应写成 https://主机/路径"}`,
    en: `is no http(s) address: ${written}${isBare ? `; did you mean ${meant}?` : "; write it as https://host/path"}`,
  };
};

function nameProblems({ protocol, auth }: ProviderPatch, locate: Locate): readonly Problem[] {
  const problems: Problem[] = [];
  if (protocol !== undefined && !pluginIds("protocols").includes(protocol)) {
    const message = unknownName({ zh: "协议", en: "protocol" }, protocol, pluginIds("protocols"));
    problems.push(problemAt(locate, ["protocol"], message));
  }
  if (auth !== undefined && !pluginIds("auth").includes(auth.scheme)) {
    const kind = { zh: "认证方式", en: "auth scheme" };
    const message = unknownName(kind, auth.scheme, pluginIds("auth"));
    problems.push(problemAt(locate, ["auth", "scheme"], message));
  }
  if (auth !== undefined && auth.scheme !== "none" && auth.env === undefined) {
    problems.push(problemAt(locate, ["auth"], noVariable));
  }
  return problems;
}

function addressProblems(
  { protocol, base_url }: ProviderPatch,
  locate: Locate,
): readonly Problem[] {
  if (base_url === undefined || protocol === "baseline" || protocol === "command") return [];
  const shown = withDefaults(base_url, "x");
  // A variable in front may hold the scheme.
  if (base_url.startsWith("${") && !shown.hasDefault) return [];
  if (isHttpUrl(shown.text)) return [];
  return [problemAt(locate, ["base_url"], noAddress(base_url))];
}

/** Paths are put behind the address as they are: without a slash, `/v1` and `chat` would become `/v1chat`. */
function pathProblems({ path, models = [] }: ProviderPatch, locate: Locate): readonly Problem[] {
  const places: readonly {
    readonly at: readonly PropertyKey[];
    readonly path: string | undefined;
  }[] = [
    { at: ["path"], path },
    ...models.map((row, index) => ({ at: ["models", index, "path"], path: row.path })),
  ];
  return places.flatMap((each) =>
    each.path === undefined || /^(?:[/:]|\$\{)/.test(each.path)
      ? []
      : [problemAt(locate, each.at, noSlash(each.path))],
  );
}

function headerProblems({ headers = {} }: ProviderPatch, locate: Locate): readonly Problem[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const message = said(() => {
      checkHeaders({ [name]: withDefaults(value, "x").text }, {}, null);
    });
    return message === null ? [] : [problemAt(locate, ["headers", name], message)];
  });
}

function networkProblems(
  { proxy, client_cert, client_key }: ProviderPatch,
  locate: Locate,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (client_key !== undefined && client_cert === undefined)
    problems.push(problemAt(locate, ["client_key"], keyAlone));
  if (proxy !== undefined && proxy !== "none" && !proxy.includes("${")) {
    const message = said(() => {
      checkProxySetting(proxy);
    });
    if (message !== null) problems.push(problemAt(locate, ["proxy"], message));
  }
  return problems;
}

/** A `like` that names no model of the file. */
function likeProblems(
  { models = [], like: below }: ProviderPatch,
  locate: Locate,
): readonly Problem[] {
  // The base vendor's models are not known yet.
  if (below !== undefined) return [];
  const ids = models.flatMap((row) => ("id" in row ? [row.id] : []));
  return models.flatMap(({ like }, index) => {
    if (like === undefined || ids.includes(like)) return [];
    const message = unknownName({ zh: "模型", en: "model" }, like, ids);
    return [problemAt(locate, ["models", index, "like"], message)];
  });
}

/** Settings of applications and commands that the protocol would not read. */
function applicationProblems(
  { protocol, app, command, like: below }: ProviderPatch,
  locate: Locate,
): readonly Problem[] {
  // A patch may leave the protocol to the vendor below it.
  if (protocol === undefined || below !== undefined) return [];
  const isCommand = protocol === "command";
  return [
    ...(isCommand && command === undefined ? [problemAt(locate, ["command"], noCommand)] : []),
    ...(!isCommand && command !== undefined
      ? [problemAt(locate, ["command"], unread("command", "command"))]
      : []),
    ...(!isCommand && protocol !== "http-app" && app !== undefined
      ? [problemAt(locate, ["app"], unread("app", "http-app"))]
      : []),
  ];
}

const noCommand: Text = {
  zh: "缺少 command：写明程序和参数，如 command: {run: [python3, answer.py]}",
  en: "command is missing: name the program and its arguments, such as command: {run: [python3, answer.py]}",
};
const unread = (name: string, protocol: string): Text => ({
  zh: `只有 protocol: ${protocol} 才用 ${name}；请改 protocol，或删去这一项`,
  en: `${name} is read by protocol: ${protocol} alone; change the protocol, or take it out`,
});

/** A text with every variable's default in its place, or `unknown` where it has none. */
function withDefaults(
  text: string,
  unknown: string,
): { readonly text: string; readonly hasDefault: boolean } {
  const variable = /\$\{[A-Za-z_]\w*(?::-([^}]*))?\}/g;
  return {
    text: text.replaceAll(variable, (_whole, fallback?: string) => fallback ?? unknown),
    hasDefault: /^\$\{\w+:-/.test(text),
  };
}

function said(check: () => void): Text | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.text;
    throw error;
  }
}

const noSlash = (path: string): Text => ({
  zh: `应以 / 开头，因为它接在 base_url 后面：是否应为 /${path}？`,
  en: `must begin with /, because it goes behind base_url: did you mean /${path}?`,
});
const noVariable: Text = {
  zh: "缺少 env：写明存放密钥的环境变量名",
  en: "env is missing: name the environment variable that holds the secret",
};
const keyAlone: Text = {
  zh: "有 client_key 却没有 client_cert",
  en: "there is a client_key and no client_cert",
};
