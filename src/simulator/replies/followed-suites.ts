import { stat } from "node:fs/promises";

import type { ChatMessage } from "../../domain/call.ts";
import type { Catalogue, Recognised } from "./catalogue.ts";
import type { TaskRows } from "./shelves.ts";

import { isProbe } from "../../domain/request/probe-texts.ts";
import { formatProblem, UserError } from "../../domain/text.ts";
import { dataFile, examplesFile } from "../../store/suites/suites.ts";
import { buildCatalogue } from "./catalogue.ts";
import { openTasks } from "./shelves.ts";

export type FollowedSuites = Pick<Catalogue, "prompts" | "readLater"> & {
  /** The item that a conversation asks; null where no suite has it. */
  readonly find: (messages: readonly ChatMessage[]) => Promise<Recognised | null>;
  /** How many suites are read. */
  readonly count: () => number;
  /** Why a suite that is there, the first of them, could not be read; null where all were. */
  readonly unread: () => string | null;
  readonly close: () => Promise<void>;
};

export type FollowOptions = {
  readonly files: readonly string[];
  /** A seed for their generators instead of the suites' own. */
  readonly reseed: number | null;
  /** Tasks whose items are read by `readLater`; never those of suites that come later. */
  readonly later: (rows: TaskRows) => boolean;
  /** Names the files again; null where they stay as they are. */
  readonly refind: (() => Promise<readonly string[]>) | null;
  /** Monotonic ms. */
  readonly now: () => number;
};

/** A suite that was read, and what its files were then. */
type Shelved = {
  readonly tasks: readonly TaskRows[];
  readonly stamp: string;
  readonly fault: string | null;
};

/** A known prompt is answered by files that were looked at no longer ago than this. */
const looked_ms = 1000;

/**
 * The prompts of suites. With `refind` the suites are read anew where they have changed, and new ones are added: before a prompt
 * counts as unknown, and of known ones once a second. A suite that can no longer be read stays as it was. Rejects with a
 * `UserError` where one cannot be read at first.
 */
export async function followSuites(options: FollowOptions): Promise<FollowedSuites> {
  const { files, reseed, later, refind, now } = options;
  const shelved = new Map<string, Shelved>();
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(closers.map((closer) => closer()));
  };
  const read = async (file: string): Promise<Shelved> => {
    const own = await stampOf([file]);
    const opened = await openTasks([file], reseed);
    // What is replaced stays open to the end: a request may be reading it.
    closers.push(opened.close);
    const { tasks } = opened;
    return { tasks, stamp: `${own} ${await stampOf(dataFiles(file, tasks))}`, fault: null };
  };
  try {
    for (const file of files) shelved.set(file, await read(file));
    const all = [...shelved.values()].flatMap(({ tasks }) => tasks);
    const catalogue = await buildCatalogue(all, later);
    const looking = makeLook({ shelved, catalogue, read, refind, now });
    return {
      prompts: catalogue.prompts,
      readLater: catalogue.readLater,
      count: () => [...shelved.values()].filter(({ tasks }) => tasks.length > 0).length,
      unread: () => [...shelved.values()].find(({ fault }) => fault !== null)?.fault ?? null,
      find: async (messages) => {
        if (looking?.isDue() === true) await looking.look();
        const found = await catalogue.find(messages);
        if (found !== null || isProbe(messages)) return found;
        await looking?.look();
        const looked = await catalogue.find(messages);
        if (looked !== null) return looked;
        await catalogue.allRead();
        return catalogue.find(messages);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type Looking = { readonly isDue: () => boolean; readonly look: () => Promise<void> };

function makeLook({
  shelved,
  catalogue,
  read,
  refind,
  now,
}: Pick<FollowOptions, "refind" | "now"> & {
  readonly shelved: Map<string, Shelved>;
  readonly catalogue: Catalogue;
  readonly read: (file: string) => Promise<Shelved>;
}): Looking | null {
  if (refind === null) return null;
  const renew = async (file: string): Promise<void> => {
    const old = shelved.get(file);
    const tasks = old?.tasks ?? [];
    const stamp = `${await stampOf([file])} ${await stampOf(dataFiles(file, tasks))}`;
    if (stamp === old?.stamp) return;
    let fresh: Shelved | null = null;
    try {
      fresh = await read(file);
      await catalogue.add(fresh.tasks);
      catalogue.remove(tasks);
      shelved.set(file, fresh);
    } catch (error) {
      catalogue.remove(fresh?.tasks ?? []);
      shelved.set(file, { tasks, stamp, fault: faultOf(file, error) });
    }
  };
  let looked = now();
  let running: Promise<void> | null = null;
  const lookOnce = async (): Promise<void> => {
    looked = now();
    const named = await refind().catch(() => []);
    for (const file of new Set([...shelved.keys(), ...named])) await renew(file);
  };
  return {
    isDue: () => now() - looked > looked_ms,
    look: async () => {
      // One that is under way may have begun before the file was written: whoever waits for it begins the next.
      await running;
      await (running ??= lookOnce().finally(() => (running = null)));
    },
  };
}

const dataFiles = (file: string, tasks: readonly TaskRows[]): readonly string[] =>
  tasks.flatMap(({ task }) =>
    [dataFile({ file }, task), examplesFile({ file }, task)].flatMap((named) => named?.file ?? []),
  );

/** Changes with the files. */
async function stampOf(files: readonly string[]): Promise<string> {
  const stamps = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => null);
      return found === null ? "-" : `${found.mtimeMs}/${found.size}`;
    }),
  );
  return stamps.join(" ");
}

function faultOf(file: string, error: unknown): string {
  const [problem] = error instanceof UserError ? error.problems : [];
  if (problem !== undefined) return formatProblem(problem, "en");
  return `${file}: ${error instanceof Error ? error.message : String(error)}`;
}
