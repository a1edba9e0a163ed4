import { wasm, type WasmMemory } from "./wasm.ts";

const pageBytes = 65_536;

let limitBytes = Infinity;
let isWatched = false;

/**
 * Bounds the memory of every WebAssembly instance of this thread. One that asks for more gets none, as on a full
 * machine, and says so in its own way: `MemoryError`, "out of memory".
 */
export function limitMemory(bytes: number): void {
  limitBytes = bytes;
  if (isWatched) return;
  isWatched = true;
  const { prototype } = wasm.Memory;
  const grow = prototype.grow;
  prototype.grow = function within(this: WasmMemory, pages: number): number {
    if (this.buffer.byteLength + pages * pageBytes > limitBytes)
      throw new RangeError("beyond the memory limit");
    return grow.call(this, pages);
  };
}
