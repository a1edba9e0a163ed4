import type { ItemLine } from "../../domain/run-file/lines.ts";

/** Bytes of jobs in Redis at once, of all targets. Redis needs about twice as many for them. */
const mostBytes = 32 << 20;

/** Keeps the memory of Redis bounded, however large the items are. One job always has room. */
export function createRoom(most: number = mostBytes) {
  const sizes = new Map<string, number>();
  const waiting: (() => void)[] = [];
  let bytes = 0;
  return {
    enter: async (key: string, item: ItemLine): Promise<void> => {
      const size = sizeOf(item);
      const isFull = (): boolean => bytes > 0 && bytes + size > most;
      while (isFull()) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      sizes.set(key, size);
      bytes += size;
    },
    leave: (key: string): void => {
      bytes -= sizes.get(key) ?? 0;
      sizes.delete(key);
      for (const wake of waiting.splice(0)) wake();
    },
  };
}

/** About as long as its JSON: of most items, what they ask is nearly all. */
function sizeOf({ asks, tools }: ItemLine): number {
  const texts = asks.flatMap(({ messages, turns }) => [
    ...messages.map(({ text }) => text),
    ...turns,
  ]);
  const sum = texts.reduce((total, text) => total + 3 * text.length, 0);
  return 1_000 + sum + (tools.length === 0 ? 0 : JSON.stringify(tools).length);
}
