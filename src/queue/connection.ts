import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";

import type { Redis, RedisOptions } from "ioredis";

import type { Env } from "../store/config.ts";

import { type Text, UserError } from "../domain/text.ts";

/** The packages of the queue, which are optional. */
export type QueuePackages = {
  readonly bullmq: typeof import("bullmq");
  readonly Redis: typeof import("ioredis").Redis;
};

/** Rejects with a `UserError` where they are not installed; `from` is the module that looks for them. */
export async function loadQueue(from: string = import.meta.url): Promise<QueuePackages> {
  try {
    const { resolve } = createRequire(from);
    for (const name of ["bullmq", "ioredis"]) resolve(name);
  } catch {
    throw new UserError({
      zh: "队列需要 bullmq 和 ioredis：请在项目里执行 npm i bullmq ioredis，或改用 --shard 和 merge，后者不需要任何服务",
      en: "the queue needs bullmq and ioredis: run npm i bullmq ioredis, or use --shard and merge, which need no server",
    });
  }
  return { bullmq: await import("bullmq"), Redis: (await import("ioredis")).Redis };
}

/** A Redis that was looked over, and how to open connections to it. */
export type QueueServer = {
  /** Its address without credentials, and its version. */
  readonly shown: string;
  readonly version: string;
  /** How long it may be away before it counts as gone: a minute, or `BAIMO_REDIS_PATIENCE` seconds. */
  readonly patience_ms: number;
  /** A connection that comes back by itself for as long as it is open; what is sent meanwhile waits. */
  readonly connect: () => Redis;
  /** What works but will surprise. */
  readonly remarks: readonly Text[];
};

/**
 * Looks a Redis over. The user and the password may stand in the URL or in `BAIMO_REDIS_USERNAME` and `BAIMO_REDIS_PASSWORD`,
 * where no list of processes shows them. Rejects with a `UserError`: exit 3 where nothing answers, 2 for a wrong password, too
 * old a version, missing rights, or a server that may evict keys, because a job that is evicted is never answered.
 */
export async function openServer(
  address: string,
  env: Env,
  { Redis: Client }: Pick<QueuePackages, "Redis">,
): Promise<QueueServer> {
  const options = optionsOf(address, env);
  const shown = shownAddress(address);
  const probe = new Client({ ...options, lazyConnect: true, retryStrategy: () => null });
  let last: Error | null = null;
  probe.on("error", (error: Error) => (last = error));
  try {
    await probe.connect();
    const facts = factsOf(await probe.info());
    const refused = refusal(facts, shown);
    if (refused !== null) throw refused;
    return {
      shown,
      version: facts["redis_version"] ?? "",
      patience_ms: patienceOf(env),
      remarks: remarksOn(facts, shown),
      connect: () => lasting(Client, options),
    };
  } catch (error) {
    throw error instanceof UserError ? error : unreachable(shown, last ?? error);
  } finally {
    probe.disconnect();
  }
}

/** A part of BullMQ that has connections. */
type Closable = {
  readonly close: (force?: boolean) => Promise<void>;
  readonly disconnect: () => Promise<void>;
};

const closingMs = 1_000;

/**
 * Closes parts of BullMQ without waiting for what they have in hand, also where Redis is away: closing would then wait for it
 * for ever, and a connection that tries again keeps the process alive.
 */
export async function closeParts(
  { status }: Pick<Redis, "status">,
  parts: readonly Closable[],
): Promise<void> {
  const within = (work: Promise<void>): Promise<void> =>
    Promise.race([work.catch(() => undefined), sleep(closingMs, undefined, { ref: false })]);
  await Promise.all(
    parts.map(async (part) => {
      await within(part.close(true));
      // It takes the connection that all share with it.
      if (status !== "ready") await within(part.disconnect());
    }),
  );
}

/** A URL without user and password. */
function shownAddress(address: string): string {
  const url = URL.parse(address);
  return url === null ? address : `${url.protocol}//${url.host}${url.pathname}`;
}

function lasting(Client: QueuePackages["Redis"], options: RedisOptions): Redis {
  const redis = new Client({
    ...options,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(2_000, 100 * times),
  });
  // Whoever needs to know looks at its status; without a listener the process would end.
  redis.on("error", () => undefined);
  return redis;
}

function optionsOf(address: string, env: Env): RedisOptions {
  const url = URL.parse(address);
  if (url === null || !["redis:", "rediss:"].includes(url.protocol) || url.hostname === "") {
    throw new UserError({
      zh: `--queue 应是 redis://主机:端口 或 rediss://（TLS），得到 "${url === null ? address : shownAddress(address)}"`,
      en: `--queue must be redis://host:port, or rediss:// for TLS; got "${url === null ? address : shownAddress(address)}"`,
    });
  }
  const username = decodeURIComponent(url.username) || env["BAIMO_REDIS_USERNAME"] || "";
  const password = decodeURIComponent(url.password) || env["BAIMO_REDIS_PASSWORD"] || "";
  const database = Number(url.pathname.slice(1) || "0");
  return {
    host: url.hostname.replaceAll(/^\[|\]$/g, ""),
    port: Number(url.port || "6379"),
    db: Number.isSafeInteger(database) ? database : 0,
    connectTimeout: 10_000,
    ...(username === "" ? {} : { username }),
    ...(password === "" ? {} : { password }),
    ...(url.protocol === "rediss:" ? { tls: {} } : {}),
  };
}

function patienceOf(env: Env): number {
  const seconds = Number(env["BAIMO_REDIS_PATIENCE"] ?? "60");
  if (seconds > 0) return 1_000 * seconds;
  throw new UserError({
    zh: `BAIMO_REDIS_PATIENCE 应是正的秒数，得到 "${env["BAIMO_REDIS_PATIENCE"]}"`,
    en: `BAIMO_REDIS_PATIENCE must be a positive number of seconds; got "${env["BAIMO_REDIS_PATIENCE"]}"`,
  });
}

type Facts = Readonly<Record<string, string>>;

const factsOf = (info: string): Facts =>
  Object.fromEntries(
    [...info.matchAll(/^([\w-]+):(.*?)\r?$/gm)].map(([, name, value]) => [name, value]),
  );

function refusal(facts: Facts, shown: string): UserError | null {
  const policy = facts["maxmemory_policy"] ?? "noeviction";
  if (policy !== "noeviction") {
    return new UserError({
      zh: `${shown} 的 maxmemory-policy 是 ${policy}，内存满时会删掉还没有答的题。应为 noeviction：CONFIG SET maxmemory-policy noeviction，并写进 redis.conf；或换一个专用的 Redis。`,
      en: `${shown} has maxmemory-policy ${policy} and would delete questions that nobody has answered when its memory is full. It must be noeviction: CONFIG SET maxmemory-policy noeviction, in redis.conf as well; or use a Redis of its own.`,
    });
  }
  const version = facts["redis_version"] ?? "0";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 6 || (major === 6 && minor >= 2)) return null;
  return new UserError({
    zh: `${shown} 的版本是 ${version}，应不低于 6.2。`,
    en: `${shown} is version ${version} and must be 6.2 or later.`,
  });
}

function remarksOn(facts: Facts, shown: string): readonly Text[] {
  if (facts["aof_enabled"] === "1") return [];
  return [
    {
      zh: `${shown} 没有开 AOF（appendonly no）：它重启后队列是空的，未答的题会重新排队。建议 appendonly yes。`,
      en: `${shown} keeps no AOF (appendonly no): after a restart its queue is empty, and what was not answered is queued again. appendonly yes is better.`,
    },
  ];
}

function unreachable(shown: string, error: unknown): UserError {
  const message = error instanceof Error ? error.message : String(error);
  if (/WRONGPASS|invalid password|invalid username-password/i.test(message)) {
    return new UserError({
      zh: `${shown} 不接受这个用户名或密码。请检查 URL 里的密码，或环境变量 BAIMO_REDIS_USERNAME、BAIMO_REDIS_PASSWORD。`,
      en: `${shown} refuses this user or password. Look at the password in the URL, or at BAIMO_REDIS_USERNAME and BAIMO_REDIS_PASSWORD.`,
    });
  }
  if (/NOAUTH/.test(message)) {
    return new UserError({
      zh: `${shown} 需要密码：请设置环境变量 BAIMO_REDIS_PASSWORD，或写成 redis://:密码@主机。`,
      en: `${shown} wants a password: set BAIMO_REDIS_PASSWORD, or write redis://:password@host.`,
    });
  }
  if (/NOPERM/.test(message)) {
    return new UserError({
      zh: `${shown} 的这个用户权限不够（${message}）。需要的 ACL 见 docs/scale.zh-CN.md。`,
      en: `this user of ${shown} lacks rights (${message}). docs/scale.md says which ACL is needed.`,
    });
  }
  return new UserError(
    {
      zh: `连不上 ${shown}：${message}。请检查地址、端口和防火墙，TLS 用 rediss://。`,
      en: `${shown} cannot be reached: ${message}. Look at address, port and firewall; TLS is rediss://.`,
    },
    [],
    3,
  );
}
