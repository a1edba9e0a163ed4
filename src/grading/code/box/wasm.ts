/** As much of WebAssembly's JavaScript API as is used here; the types of Node do not have it. */

declare const compiled: unique symbol;
/** A compiled module. */
export type WasmModule = { readonly [compiled]: true };
export type WasmImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
export type WasmMemory = {
  readonly buffer: ArrayBuffer;
  grow: (pages: number) => number;
};

type WasmApi = {
  readonly Module: (new (bytes: Uint8Array) => WasmModule) & {
    readonly imports: (
      module: WasmModule,
    ) => readonly { readonly module: string; readonly name: string; readonly kind: string }[];
  };
  readonly Instance: new (module: WasmModule, imports: WasmImports) => object;
  readonly Memory: { readonly prototype: WasmMemory };
  readonly compile: (bytes: Uint8Array) => Promise<WasmModule>;
  /** Of a module an instance; of bytes both. */
  instantiate: (source: WasmModule | Uint8Array, imports?: WasmImports) => Promise<unknown>;
};

export const wasm = Reflect.get(globalThis, "WebAssembly") as WasmApi;

export const isCompiled = (source: unknown): source is WasmModule => source instanceof wasm.Module;
