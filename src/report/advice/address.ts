import type { Text } from "../../domain/text.ts";

import { type Advice, type Case, type FailedReply, hostOf } from "./network.ts";

/** Advice for a server that lacks the model or what was asked for at this address; its words say which, if anything does. */
export function notThere(said: Case): Advice {
  const { model } = said.target.entry;
  if (isOfAddress(saidOf(said))) return wrongAddress(said);
  const todo = modelTodo(said);
  if (saysModel(saidOf(said))) {
    return {
      what: { zh: `没有 ${model} 这个模型`, en: `there is no model ${model}` },
      todo,
    };
  }
  const { zh, en } = addressTodo(said);
  return {
    what: {
      zh: `没有 ${model} 这个模型，或地址不对（${said.reply.status ?? 404}）`,
      en: `there is no model ${model}, or the address is wrong (${said.reply.status ?? 404})`,
    },
    todo: { zh: `${todo.zh}；${zh}`, en: `${todo.en}; ${en}` },
  };
}

/** What a server said to a request for `model`. */
type Said = Pick<FailedReply, "message" | "status"> & {
  readonly code?: string | null;
  readonly model: string;
};

const saidOf = ({ reply, target }: Case): Said => ({ ...reply, model: target.entry.model });

/** Whether a server says that it has nothing at the address that was asked, whatever the model. */
export const isOfAddress = (said: Said): boolean =>
  said.status === 405 || (unknownPaths.test(said.message ?? "") && !namesModel(said));

/** A word of it: `m` is in every message. */
const namesModel = ({ code, message, model }: Said): boolean =>
  `${code ?? ""} ${message ?? ""}`
    .split(/[^\w./:@-]+/)
    .some((word) => word.replace(/[.:]+$/, "") === model);

/**
 * FastAPI (vLLM, SGLang, TGI) "Not Found"; Go (Ollama) "404 page not found"; nginx; Express "Cannot POST /chat/completions";
 * LM Studio "Unexpected endpoint or method"; a web page of another program; one-api and new-api "Invalid URL (POST /chat/completions)"; llama.cpp "File Not Found".
 */
const unknownPaths =
  /^a web page instead|^\W*(?:404\W*)?(?:(?:page|file|url|path|route|resource) )?not found\b(?:\W*(?:404 not found|nginx\S*))*\W*$|^cannot (?:post|get) \/|unexpected endpoint or method|invalid url \(|method not allowed|\bno (?:such )?route\b|unrecognized request url|unknown (?:path|url|route|request url)|(?:路径|接口|地址)[^。]{0,6}不存在/i;

const saysModel = (said: Said): boolean =>
  namesModel(said) || /model|模型/i.test(`${said.code ?? ""} ${said.message ?? ""}`);

/** Advice for a server without anything at the address that was asked. */
export const wrongAddress = (said: Case): Advice => ({
  what: {
    zh: `地址不对：${hostOf(said)} 上没有这个接口（${said.reply.status ?? 404}）`,
    en: `the address is wrong: ${hostOf(said)} has no such interface (${said.reply.status ?? 404})`,
  },
  todo: addressTodo(said),
});

/** What to change of `base_url`. */
export function addressTodo({ target }: Case): Text {
  const { base_url, protocol } = target.entry;
  const likely = protocol.startsWith("openai-") ? likelyBase(base_url) : null;
  if (likely === null) {
    return {
      zh: `核对 base_url（现在是 ${base_url}）：照服务的文档，写到 /chat/completions 之类的路径之前为止`,
      en: `check base_url (now ${base_url}): as the server's documentation has it, up to the path such as /chat/completions`,
    };
  }
  return likely.length < base_url.length
    ? {
        zh: `base_url 写到 /v1 为止，后面的路径由程序加：改成 ${likely}`,
        en: `base_url ends before the path, which is added to it: make it ${likely}`,
      }
    : {
        zh: `base_url 多半少了 /v1：改成 ${likely}`,
        en: `base_url most likely lacks /v1: make it ${likely}`,
      };
}

/**
 * The address that is most likely meant by one at which an OpenAI-compatible server has nothing: `http://host:8000` lacks its
 * version, `http://host:8000/v1/chat/completions` has all of the address that a request goes to. Null for others, such as
 * `https://host/api/v3`.
 */
export function likelyBase(url: string): string | null {
  const bare = url.replace(/\/+$/, "");
  const whole = bare.replace(/\/(?:chat\/completions|completions|responses|models)$/, "");
  if (whole !== bare) return whole;
  return URL.canParse(url) && !/\/v\d/.test(new URL(url).pathname) ? `${bare}/v1` : null;
}

/** Where the right name stands: in the list of a vendor that ships, or in the server's own, which `ping` shows. */
const modelTodo = ({ target: { entry } }: Case): Text =>
  entry.proof === undefined
    ? {
        zh: `核对模型名：baimo ping -m ${entry.ref} 会列出服务有哪些`,
        en: `check the model's name: baimo ping -m ${entry.ref} lists those that the server has`,
      }
    : {
        zh: `核对模型名：baimo models --provider ${entry.provider} 列出已知的`,
        en: `check the model's name: baimo models --provider ${entry.provider} lists those that are known`,
      };
