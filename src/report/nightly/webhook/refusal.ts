import type { Notify } from "../../../domain/config.ts";
import type { Text } from "../../../domain/text.ts";

/** Why a message was not accepted. */
export type WebhookRefusal = {
  /** What the vendor said. */
  readonly said: string;
  /** What somebody can do about it; null where that is not known. */
  readonly advice: Text | null;
  /** Too many messages at once, or the vendor's own trouble: it may be accepted later. */
  readonly isPassing: boolean;
};

type Known = { readonly isPassing?: true; readonly advice?: Text };

const tooFast: Known = { isPassing: true };
const address: Text = {
  zh: "webhook 地址不对或机器人已被移除：从群设置里重新复制",
  en: "the address is wrong or the bot was removed: copy it from the group's settings again",
};
const clock: Text = {
  zh: "核对加签密钥，以及本机时钟（相差不得超过 1 小时）",
  en: "check the signing secret, and this machine's clock (within one hour)",
};
const security: Text = {
  zh: "机器人的安全设置不放行：加签密钥、关键词（可设为榜单名）或 IP 白名单对不上",
  en: "the bot's security settings reject it: secret, keyword (the board's name will do) or IP list",
};
const ipList: Text = {
  zh: "把本机的出口 IP 加进机器人的白名单",
  en: "add this machine's public IP address to the bot's list",
};
const keyword: Text = {
  zh: "消息里没有机器人要求的关键词：可把榜单名设为关键词",
  en: "the message lacks the bot's keyword: make the board's name one",
};
const isOff: Text = { zh: "机器人已停用：在群设置里启用", en: "the bot is off: turn it on" };

/**
 * Codes of the vendors: 企业微信 (path/90313 全局错误码), 钉钉 (全局错误码 and 自定义机器人), 飞书 (自定义机器人使用指南).
 * What is not listed is told as it came.
 */
const codes: Readonly<Record<Exclude<Notify["kind"], "generic">, Readonly<Record<number, Known>>>> =
  {
    企业微信: {
      [-1]: tooFast,
      45009: tooFast,
      45033: tooFast,
      93000: { advice: address },
      93008: { advice: address },
    },
    钉钉: {
      [-1]: tooFast,
      130101: tooFast,
      410100: tooFast,
      300001: { advice: address },
      300005: { advice: address },
      310000: { advice: security },
      400101: { advice: address },
      400102: { advice: isOff },
    },
    飞书: {
      11232: tooFast,
      19001: { advice: address },
      19007: { advice: isOff },
      19021: { advice: clock },
      19022: { advice: ipList },
      19024: { advice: keyword },
    },
  };

const longest = 200;

/**
 * Why a message was not accepted, or null where it was. The vendors answer 200 and give the reason in the body: `errcode` and
 * `errmsg`, or 飞书's `code` and `msg` (`StatusCode` of its first version). A body without such a code is no answer of the
 * vendor's, but that of a gateway or a sign-in page on the way. A `generic` webhook accepts by its status alone.
 */
export function webhookRefusal(
  kind: Notify["kind"],
  status: number,
  body: string,
): WebhookRefusal | null {
  const isBusy = status === 429 || status >= 500;
  if (status < 200 || status >= 300) {
    return { said: said(`HTTP ${status}`, body), advice: null, isPassing: isBusy };
  }
  if (kind === "generic") return null;
  const code = codeOf(body, kind === "飞书" ? ["code", "StatusCode"] : ["errcode"]);
  if (code === 0) return null;
  if (code === null) {
    const advice = {
      zh: "这不是厂商的回复：地址写错了，或途中有网关、登录页",
      en: "this is no reply of the vendor: the address is wrong, or a gateway or sign-in page is on the way",
    };
    return { said: said("HTTP 200", body), advice, isPassing: false };
  }
  const known = codes[kind][code];
  // 飞书 gives 9499 to bad requests and to too many of them.
  const isPassing = known?.isPassing === true || /too (many|fast)|frequency/i.test(body);
  return { said: said("", body), advice: known?.advice ?? null, isPassing };
}

const said = (status: string, body: string): string => `${status} ${body}`.trim().slice(0, longest);

/** The first code that is not 0, 0 where all are, null where there is none. Some stand in quotes. */
function codeOf(body: string, names: readonly string[]): number | null {
  let reply: unknown;
  try {
    reply = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof reply !== "object" || reply === null) return null;
  const found = names
    .map((name): unknown => Reflect.get(reply, name))
    .filter((value) => typeof value === "number" || (typeof value === "string" && value !== ""))
    .map(Number);
  return found.find((code) => code !== 0) ?? found[0] ?? null;
}
