/** A counter with a door: `enter` waits while `size` are inside. */
export type Room = { readonly enter: () => Promise<void>; readonly leave: () => void };

export function createRoom(size: number): Room {
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
