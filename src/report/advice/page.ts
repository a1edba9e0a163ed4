import type { Text } from "../../domain/text.ts";

import { addressTodo, likelyBase, wrongAddress } from "./address.ts";
import { type Advice, type Case, hostOf, lookWho } from "./network.ts";

/** Whether what was said is a web page, which no model's server sends. */
export const isPage = (message: string | null): boolean =>
  /<!doctype|<html|^a web page/i.test(message ?? "");

/** Nginx and others say so where a port of theirs is asked without TLS. */
const wantsTls = /HTTP request was sent to (?:an )?HTTPS/i;

/** Advice for a web page in the place of an answer. */
export function page(said: Case): Advice {
  const { base_url, protocol } = said.target.entry;
  const { status: code } = said.reply;
  // A gateway before a model's server says so too.
  const lacksPath = protocol.startsWith("openai-") && likelyBase(base_url) !== null;
  if (lacksPath && (code === 404 || code === 405)) return wrongAddress(said);
  const status = code === null ? { zh: "", en: "" } : { zh: `（${code}）`, en: ` (${code})` };
  const { zh, en } = wantsTls.test(said.reply.message ?? "") ? withTls(said) : otherProgram(said);
  return {
    what: {
      zh: `${hostOf(said)} 不像是模型服务：返回的是网页${status.zh}，不是接口`,
      en: `${hostOf(said)} does not look like a model's server: it answers with a web page${status.en}, not with an API`,
    },
    todo: { zh, en },
  };
}

const withTls = ({ target }: Case): Text => ({
  zh: `这个端口要 https：把 base_url 改成 ${secure(target.entry.base_url)}`,
  en: `this port wants https: make base_url ${secure(target.entry.base_url)}`,
});

const secure = (url: string): string => url.replace(/^http:/i, "https:");

function otherProgram(said: Case): Text {
  const { zh, en } = lookWho(said);
  const address = addressTodo(said);
  return {
    zh: `${zh}；${address.zh}；也可能写成了官网地址，或在公司网络里被登录页、代理拦截`,
    en: `${en}; ${address.en}; or it is the vendor's home page, or a login page or a proxy of your network is in the way`,
  };
}
