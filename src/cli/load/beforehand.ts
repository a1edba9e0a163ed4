import type { Text } from "../../domain/text.ts";
import type { LoadPrompts } from "../../engine/load/profile.ts";
import type { ResolvedTarget } from "../../store/providers/targets.ts";
import type { LoadOptions } from "./options.ts";

import { needOf } from "../../engine/load/ask.ts";
import { requestsOf } from "./lengths.ts";

/** What a load is about to send to whom, and what that costs at most; every request may be paid for. */
export function beforehand(
  targets: readonly ResolvedTarget[],
  prompts: LoadPrompts,
  options: LoadOptions,
): Text {
  const most = mostRequests(options);
  const { messages, params } = prompts.ask(0, 1);
  const parts = targets.map((target) => {
    const { cost } = needOf(target, messages, params.max_tokens);
    const money =
      cost === null ? null : `${amountText(cost.amount * (most ?? 1))} ${cost.currency}`;
    return { ref: target.entry.ref, money };
  });
  const count =
    most === null
      ? {
          zh: `${options.concurrency?.join("、")} 路并发，次数由回答的快慢定`,
          en: `${options.concurrency?.join(", ")} at once, as many requests as its pace allows`,
        }
      : { zh: `最多 ${most} 次`, en: `at most ${most} requests` };
  const priced = (money: string | null): Text =>
    money === null
      ? { zh: "价格未知", en: "price unknown" }
      : most === null
        ? { zh: `每次最多约 ${money}`, en: `at most about ${money} each` }
        : { zh: `最多约 ${money}`, en: `at most about ${money}` };
  const isSearch = options.rate === null && options.concurrency === null;
  const bounds = isSearch ? ["--requests", "--max-cost"] : ["--max-cost"];
  const time =
    isSearch && options.quick && options.maxTime === null
      ? minutes(targets.length)
      : { zh: "", en: "" };
  return {
    zh: `就要发真请求：${parts.map(({ ref, money }) => `${ref} ${count.zh}，${priced(money).zh}`).join("；")}。${time.zh}可用 ${bounds.join("、")} 设上限。`,
    en: `About to send real requests: ${parts.map(({ ref, money }) => `${ref} ${count.en}, ${priced(money).en}`).join("; ")}. ${time.en}${bounds.join(" and ")} ${bounds.length > 1 ? "bound" : "bounds"} it.`,
  };
}

/** How long a quick search goes on, which takes a minute or a little less for each target. */
const minutes = (targets: number): Text =>
  targets === 1
    ? { zh: "约一分钟。", en: "It takes about a minute. " }
    : {
        zh: `每个目标约一分钟，共约 ${targets} 分钟。`,
        en: `Each target takes about a minute, all about ${targets}. `,
      };

/** To each target; null where the pace of the answers decides. */
function mostRequests(options: LoadOptions): number | null {
  const { rate, concurrency, ramp, warmup, duration, cooldown, shard } = options;
  if (concurrency !== null) return null;
  if (rate === null) return requestsOf(options);
  const seconds = (ramp + warmup + duration + cooldown) / 1_000;
  const sent = rate.reduce((sum, each) => sum + each * seconds, 0);
  return Math.ceil(sent / (shard?.of ?? 1));
}

const amountText = (amount: number): string =>
  amount > 0 && amount < 0.01 ? amount.toPrecision(2) : amount.toFixed(2);
