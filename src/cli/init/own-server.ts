import type { Text } from "../../domain/text.ts";
import type { Env } from "../../store/config.ts";
import type { Context } from "../context.ts";
import type { OwnServer } from "./files.ts";

import { UserError } from "../../domain/text.ts";
import { likelyBase } from "../../report/advice/address.ts";
import { readNetwork } from "../../store/providers/network.ts";
import { nearest } from "../../text/edit-distance.ts";
import { listedModels, probe, proposedModel, type Server, type Unlisted } from "./probe.ts";

/** What the command line says of a server of the user's own. */
type NamedServer = {
  readonly url: string | null;
  readonly model: string | null;
  readonly keyEnv: string | null;
};

/**
 * The server that the options name. Without a model it is asked which it has; where it answers, a few probes say how much may
 * be sent at once. A server that does not run yet is taken at its word.
 */
export async function askedServer(
  { url: typed, model: named, keyEnv }: NamedServer,
  env: Env,
  { cwd, lang, print, signal }: Context,
): Promise<OwnServer | null> {
  if (typed === null && named === null && keyEnv === null) return null;
  if (typed === null) throw incomplete;
  const key = keyEnv === null ? null : (env[keyEnv]?.trim() ?? null);
  // Through the same proxy and with the same certificates as the calls of a run.
  const { network } = await readNetwork({ id: "mine" }, { env, folder: cwd, base_url: typed });
  const { url, listed } = await foundAt({ url: typed, key, network }, signal);
  if (url !== typed) print(mended(url)[lang]);
  const server = { url, key, network };
  // What would be written without the key is known not to work.
  if ("fault" in listed && listed.wantsKey && key === null) throw keyWanted(keyEnv);
  const model = named ?? ("fault" in listed ? null : proposedModel(listed));
  if (model === null) throw noModel("fault" in listed ? listed.fault : "");
  if ("fault" in listed) {
    print(unreached(listed.fault)[lang]);
    return { url, model, key: keyEnv };
  }
  if (named === null || !listed.includes(model)) print(listing(listed, model)[lang]);
  const { concurrency, words } = await probe(server, model, signal);
  print(words[lang]);
  return { url, model, key: keyEnv, concurrency };
}

type Found = { readonly url: string; readonly listed: readonly string[] | Unlisted };

/**
 * The address at which a server lists its models: as it was typed, without the path that a request adds, or with the `/v1` that
 * most servers want and people forget. As it was typed where it lists them nowhere.
 */
async function foundAt(typed: Server, signal: AbortSignal): Promise<Found> {
  const asTyped = { url: typed.url, listed: await listedModels(typed, signal) };
  if (!("fault" in asTyped.listed) || asTyped.listed.wantsKey || !asTyped.listed.answers) {
    return asTyped;
  }
  const url = likelyBase(typed.url);
  if (url === null) return asTyped;
  const listed = await listedModels({ ...typed, url }, signal);
  return "fault" in listed && !listed.wantsKey ? asTyped : { url, listed };
}

const mended = (url: string): Text => ({
  zh: `服务的接口在 ${url} 下，base_url 照它写`,
  en: `the server has its interface under ${url}, which base_url is set to`,
});

function listing(listed: readonly string[], model: string): Text {
  const meant = nearest(model, listed);
  const others = [...new Set([...(meant === null ? [] : [meant]), ...listed])].filter(
    (id) => id !== model,
  );
  const rest = others.length > 5 ? [...others.slice(0, 5), "…"] : others;
  if (!listed.includes(model)) {
    return {
      zh: `注意：服务的模型列表里没有 ${model}，有 ${rest.join("、")}`,
      en: `note: the server does not list ${model}; it lists ${rest.join(", ")}`,
    };
  }
  return {
    zh: `模型：${model}${rest.length === 0 ? "" : `（还有 ${rest.join("、")}，用 --model 指定）`}`,
    en: `Model: ${model}${rest.length === 0 ? "" : ` (there are also ${rest.join(", ")}: --model takes one)`}`,
  };
}

const unreached = (fault: string): Text => ({
  zh: `没有问到服务的模型列表（${fault}），照 --model 写；哪里不通、怎么办，ping 会说`,
  en: `the server's list of models was not to be had (${fault}); --model is taken at its word, and ping says what is wrong and what to do`,
});

const noModel = (fault: string): UserError =>
  new UserError({
    zh: `没有问到 --url 上的模型列表（${fault}）；请用 --model 写明模型名，例如 --model my-model`,
    en: `the list of models at --url was not to be had (${fault}); name the model with --model, such as --model my-model`,
  });

const keyWanted = (variable: string | null): UserError =>
  new UserError(
    variable === null
      ? {
          zh: "服务要求密钥（401）。密钥不写在命令里：先在当前文件夹的 .env 里写一行 MY_API_KEY=密钥，再执行同一命令并加 --key-env MY_API_KEY",
          en: "the server asks for a key (401). No key is typed into a command: put a line MY_API_KEY=… into the file .env of this folder, then say the same again with --key-env MY_API_KEY",
        }
      : {
          zh: `服务要求密钥（401），而环境变量 ${variable} 未设置：先在当前文件夹的 .env 里写一行 ${variable}=密钥，再执行同一命令`,
          en: `the server asks for a key (401), and ${variable} is not set: put a line ${variable}=… into the file .env of this folder, then say the same again`,
        },
  );

const incomplete = new UserError({
  zh: "--model 和 --key-env 要和 --url 一起给，例如 --url http://127.0.0.1:8000/v1",
  en: "--model and --key-env go with --url, such as --url http://127.0.0.1:8000/v1",
});
