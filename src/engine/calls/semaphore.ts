/** `enter` waits while `size` holders are inside. */
export type Semaphore = { readonly enter: () => Promise<void>; readonly leave: () => void };

export function createSemaphore(size: number): Semaphore {
  let inside = 0;
  const waiting: (() => void)[] = [];
  return {
    enter: async () => {
      if (inside >= size) await new Promise<void>((resolve) => waiting.push(resolve));
      inside += 1;
    },
    leave: () => {
      inside -= 1;
      waiting.shift()?.();
    },
  };
}
