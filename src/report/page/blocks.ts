import { promisify } from "node:util";
import { deflateRaw } from "node:zlib";

const compress: (text: string) => Promise<Buffer> = promisify(deflateRaw);

/** Where a value lies: the number of its block, and its place in the block's list. */
export type BlockSlot = { readonly block: number; readonly slot: number };

/** Blocks that a page reads one at a time. Each is a JSON list of its own, compressed by raw deflate (RFC 1951). */
export type BlockStore = {
  /** Closes what is open and waits for all compression; the blocks by number. */
  readonly close: () => Promise<readonly Buffer[]>;
  /** A writer whose values stay together, in blocks of their own. */
  readonly packer: () => (json: string) => BlockSlot;
};

/** Characters of a block before compression: large enough to compress well, small enough to be read at once. */
const blockChars = 160_000;

/** An empty store. Blocks are compressed on other threads as they fill. */
export function createBlocks(): BlockStore {
  const blocks: Promise<Buffer>[] = [];
  const flushes: (() => void)[] = [];
  const packer = () => {
    let number = -1;
    let texts: string[] = [];
    let chars = 0;
    let fill: (done: Promise<Buffer>) => void = () => {};
    const flush = (): void => {
      if (texts.length === 0) return;
      fill(deflated(`[${texts.join(",\n")}]`));
      texts = [];
      chars = 0;
    };
    flushes.push(flush);
    return (json: string): BlockSlot => {
      if (texts.length === 0) {
        number = blocks.length;
        const { promise, resolve } = Promise.withResolvers<Buffer>();
        blocks.push(promise);
        fill = resolve;
      }
      const slot = texts.push(json) - 1;
      chars += json.length;
      const at = { block: number, slot };
      if (chars >= blockChars) flush();
      return at;
    };
  };
  return {
    packer,
    close: async () => {
      for (const flush of flushes) flush();
      return Promise.all(blocks);
    },
  };
}

/** A text as the page reads it. */
export const deflated = (text: string): Promise<Buffer> => compress(text);
