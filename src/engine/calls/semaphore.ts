/** `enter` waits while `size` holders are inside, and gives nothing to wait for where there is room. */
export type Semaphore = {
  readonly enter: () => Promise<void> | undefined;
  readonly leave: () => void;
};

export function createSemaphore(size: number): Semaphore {
  let inside = 0;
  const waiting: (() => void)[] = [];
  return {
    enter: () => {
      if (inside >= size) return new Promise<void>((resolve) => waiting.push(resolve));
      inside += 1;
      return undefined;
    },
    leave: () => {
      // Who waits takes the place of who leaves.
      const next = waiting.shift();
      if (next === undefined) inside -= 1;
      else next();
    },
  };
}
