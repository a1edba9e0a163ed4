/** A counter with a door: `enter` waits while `size` are inside. */
export function createRoom(size: number): { enter: () => Promise<void>; leave: () => void } {
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
