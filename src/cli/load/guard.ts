import { createInterface } from "node:readline/promises";

import type { Context } from "../context.ts";
import type { LoadOptions } from "./options.ts";

import { UserError } from "../../domain/text.ts";
import { isOwnHost } from "../../transport/own-host.ts";
import { requestsOf } from "./lengths.ts";

/** Load beyond this on a host of somebody else's needs a yes. */
const freeLoad = { rate: 5, concurrency: 16, requests: 1_000 } as const;

/**
 * Asks before load beyond `freeLoad` goes to a host that is neither this machine nor in a private network: it may cost money,
 * use up an account's limits for others, and break the host's rules. Throws a UserError where nobody can be asked or the
 * answer is not yes.
 */
export async function mindHosts(
  urls: readonly string[],
  options: LoadOptions,
  { lang, isTTY, warn }: Pick<Context, "lang" | "isTTY" | "warn">,
  ask: (question: string) => Promise<string> = askInTerminal,
): Promise<void> {
  const hosts = [...new Set(urls.filter((url) => !isOwnHost(url)).map((url) => new URL(url).host))];
  if (hosts.length === 0 || options.yes || !isHeavy(options)) return;
  const { rate, concurrency, requests } = freeLoad;
  const shown = hosts.join(", ");
  warn(
    {
      zh: `\n⚠ 就要对 ${shown} 加压：${sizeText(options).zh}。\n  这不是本机，也不在内网：会花钱、占用整个账户的限额，也可能违反对方的使用条款。\n  不超过每秒 ${rate} 次、${concurrency} 路并发、共 ${requests} 次时不询问。`,
      en: `\n⚠ About to put load on ${shown}: ${sizeText(options).en}.\n  It is neither this machine nor in a private network: this costs money, uses up the limits of the whole account, and may break its terms.\n  Up to ${rate} a second, ${concurrency} at once and ${requests} in all nobody is asked.`,
    }[lang],
  );
  if (!isTTY) throw notAsked;
  const answer = await ask({ zh: "继续吗？输入 yes：", en: "Go on? Type yes: " }[lang]);
  if (answer.trim().toLowerCase() !== "yes") throw declined;
}

function isHeavy(options: LoadOptions): boolean {
  const rate = Math.max(0, ...(options.rate ?? []));
  const concurrency = Math.max(0, ...(options.concurrency ?? []));
  if (options.rate === null && options.concurrency === null)
    return (
      options.quick ||
      requestsOf(options) > freeLoad.requests ||
      (options.maxRate ?? Number.POSITIVE_INFINITY) > freeLoad.rate
    );
  const seconds = (options.duration + options.warmup) / 1_000;
  const sent = (options.rate ?? []).reduce((sum, each) => sum + each * seconds, 0);
  return rate > freeLoad.rate || concurrency > freeLoad.concurrency || sent > freeLoad.requests;
}

function sizeText(options: LoadOptions) {
  const { rate, concurrency } = options;
  if (rate !== null) return { zh: `每秒 ${rate.join("、")} 次`, en: `${rate.join(", ")} a second` };
  if (concurrency !== null)
    return { zh: `${concurrency.join("、")} 路并发`, en: `${concurrency.join(", ")} at once` };
  return {
    zh: `自动找拐点，最多 ${requestsOf(options)} 次`,
    en: `a search for the knee, up to ${requestsOf(options)} requests`,
  };
}

async function askInTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

const notAsked = new UserError({
  zh: "没有终端可以询问，因此没有开始。确认无误后加 --yes。",
  en: "There is no terminal to ask in, so nothing was sent. Add --yes if this is meant.",
});

const declined = new UserError({ zh: "没有开始。", en: "Nothing was sent." });
