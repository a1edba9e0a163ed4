import { BoxStop, type BoxLimits } from "./messages.ts";
import { wasm, type WasmImports, type WasmModule } from "./wasm.ts";

/**
 * The wall around Python: a WebAssembly program touches the world through the functions that it imports, and through
 * nothing else. Once closed, only those named here still act; those of the JavaScript bridge (`js`, `pyodide_js`,
 * `run_js`), of dynamic linking, foreign functions (`ctypes`), sockets, processes and mounts end the program or fail
 * with EPERM. What Python code does to find its way back to them (modules, frames, gc, raw memory) makes no difference.
 */
export type PythonGate = {
  /** The same imports, each behind the gate. */
  readonly wrap: (module: WasmModule, imports: WasmImports) => WasmImports;
  /** Closes the gate for good. */
  readonly close: (files: FileSystem, heap: () => DataView) => void;
  /** Begins a job: what stdin holds, and how far the program may go. */
  readonly begin: (stdin: string, limits: BoxLimits, spentMs: () => number) => void;
  /** What has been printed since `begin`. */
  readonly printed: () => string;
};

/** As much of Emscripten's file system as is used here. */
export type FileSystem = {
  readonly streams: ({ readonly position: number; readonly node: unknown } | null | undefined)[];
  readonly readdir: (path: string) => string[];
  readonly stat: (path: string) => { readonly mode: number };
  readonly lstat: (path: string) => { readonly mode: number };
  readonly isDir: (mode: number) => boolean;
  readonly isFile: (mode: number) => boolean;
  readonly chmod: (path: string, mode: number) => void;
  readonly mkdir: (path: string) => void;
  readonly rmdir: (path: string) => void;
  readonly unlink: (path: string) => void;
  readonly chdir: (path: string) => void;
  readonly close: (stream: unknown) => void;
};

type Import = (...parts: readonly unknown[]) => unknown;

/** Clocks, randomness, memory, and files of Emscripten's own memory. */
const open: ReadonlySet<string> = new Set([
  ..."emscripten_get_now emscripten_date_now clock_time_get clock_res_get random_get".split(" "),
  ..."_tzset_js _timegm_js _mktime_js _localtime_js _gmtime_js".split(" "),
  ..."emscripten_resize_heap emscripten_get_heap_max _PyEM_TrampolineCall_JS".split(" "),
  ..."environ_get environ_sizes_get fd_close fd_read fd_write fd_seek fd_pread fd_pwrite".split(
    " ",
  ),
  ..."fd_sync fd_fdstat_get __syscall_openat __syscall_fstat64 __syscall_stat64".split(" "),
  ..."__syscall_newfstatat __syscall_lstat64 __syscall_getcwd __syscall_getdents64".split(" "),
  ..."__syscall_mkdirat __syscall_unlinkat __syscall_rmdir __syscall_renameat".split(" "),
  ..."__syscall_readlinkat __syscall_faccessat __syscall_chdir __syscall_ftruncate64".split(" "),
  ..."__syscall_dup __syscall_getuid32_js __syscall_fcntl64 __syscall_ioctl".split(" "),
]);

/** What these answer instead of acting. */
const answers: Readonly<Record<string, number>> = {
  // No other stack to switch to, so that `time.sleep` waits by the clock.
  can_run_sync_js: 0,
  _maybe_poll_async: 0,
  _try_fcntl64: 0,
  _try_shutdown: 0,
};

const errno = { badFile: 8, notPermitted: 63, noSpace: 51 } as const;
const mostFiles = 1_000;
/** Reading the processor clock costs more than most of what asks for it. */
const asksPerReading = 256;

export function createGate(): PythonGate {
  let files: FileSystem | null = null;
  let heap: () => DataView = () => new DataView(new ArrayBuffer(0));
  let limits: BoxLimits = { time_ms: Infinity, memory_bytes: 0, output_bytes: 0 };
  let spentMs: () => number = () => 0;
  let input = new Uint8Array(0);
  let read = 0;
  let output: Uint8Array[] = [];
  let printedBytes = 0;
  let writtenBytes = 0;
  let made = 0;
  let asks = 0;

  /** 0, 1 or 2 for these and for whatever has been opened of the same device, such as /dev/stdin; else null. */
  const standard = (part: unknown): number | null => {
    const fd = Number(part);
    if (fd <= 2) return fd;
    const node = files?.streams[fd]?.node;
    const at =
      node === undefined ? -1 : [0, 1, 2].findIndex((each) => files?.streams[each]?.node === node);
    return at < 0 ? null : at;
  };

  const watch = (): number => {
    asks += 1;
    if (asks % asksPerReading === 0 && spentMs() > limits.time_ms)
      throw new BoxStop("time", `more than ${limits.time_ms / 1000} s`);
    return 0;
  };

  /** Of a call with an array of (address, length). */
  const buffersOf = (at: number, count: number): readonly Uint8Array[] => {
    const view = heap();
    return Array.from({ length: count }, (_, index) => {
      const start = view.getUint32(at + 8 * index, true);
      const size = view.getUint32(at + 8 * index + 4, true);
      return new Uint8Array(view.buffer, start, size);
    });
  };

  const print = (at: number, count: number, sizeAt: number): number => {
    let size = 0;
    for (const bytes of buffersOf(at, count)) {
      size += bytes.length;
      if (printedBytes + bytes.length > limits.output_bytes)
        throw new BoxStop("output", `more than ${limits.output_bytes} bytes printed`);
      printedBytes += bytes.length;
      output.push(bytes.slice());
    }
    heap().setUint32(sizeAt, size, true);
    return 0;
  };

  const readInput = (at: number, count: number, sizeAt: number): number => {
    let size = 0;
    for (const bytes of buffersOf(at, count)) {
      const part = input.subarray(read, read + bytes.length);
      bytes.set(part);
      read += part.length;
      size += part.length;
    }
    heap().setUint32(sizeAt, size, true);
    return 0;
  };

  /** Standard error goes nowhere: tracebacks are taken from the exception itself. */
  const skip = (at: number, count: number, sizeAt: number): number => {
    const size = buffersOf(at, count).reduce((sum, bytes) => sum + bytes.length, 0);
    heap().setUint32(sizeAt, size, true);
    return 0;
  };

  /** A file ends at most where the limit does, and all writing together stays below it. */
  const fits = (end: number, size: number): boolean => {
    writtenBytes += size;
    return end + size <= limits.output_bytes && writtenBytes <= 4 * limits.output_bytes;
  };

  const guarded: Readonly<Record<string, (act: Import, parts: readonly unknown[]) => unknown>> = {
    _Py_CheckEmscriptenSignals_Helper: () => watch(),
    emscripten_get_now: (act, parts) => (watch(), act(...parts)),
    clock_time_get: (act, parts) => (watch(), act(...parts)),
    fd_close: (act, parts) => {
      if (standard(parts[0]) === null) return act(...parts);
      // The device itself stays open.
      if (files !== null && Number(parts[0]) > 2) files.streams[Number(parts[0])] = null;
      return 0;
    },
    fd_sync: (act, parts) => (standard(parts[0]) === null ? act(...parts) : 0),
    fd_read: (act, parts) => {
      const [fd, at, count, sizeAt] = parts.map(Number) as [number, number, number, number];
      return standard(fd) === 0 ? readInput(at, count, sizeAt) : act(...parts);
    },
    fd_write: (act, parts) => {
      const [fd, at, count, sizeAt] = parts.map(Number) as [number, number, number, number];
      const device = standard(fd);
      if (device === 0) return errno.badFile;
      if (device === 1) return print(at, count, sizeAt);
      if (device === 2) return skip(at, count, sizeAt);
      const size = buffersOf(at, count).reduce((sum, bytes) => sum + bytes.length, 0);
      return fits(files?.streams[fd]?.position ?? 0, size) ? act(...parts) : errno.noSpace;
    },
    fd_pwrite: (act, parts) => {
      const [fd, at, count, offset] = parts.map(Number) as [number, number, number, number];
      if (standard(fd) !== null) return errno.badFile;
      const size = buffersOf(at, count).reduce((sum, bytes) => sum + bytes.length, 0);
      return fits(offset, size) ? act(...parts) : errno.noSpace;
    },
    __syscall_ftruncate64: (act, parts) =>
      fits(Number(parts[1]), 0) ? act(...parts) : -errno.noSpace,
    __syscall_openat: (act, parts) => (made++ < mostFiles ? act(...parts) : -errno.noSpace),
    __syscall_mkdirat: (act, parts) => (made++ < mostFiles ? act(...parts) : -errno.noSpace),
    __syscall_dup: (act, parts) =>
      made++ < mostFiles && Number(parts[0]) > 2 ? act(...parts) : -errno.notPermitted,
  };

  const gated =
    (name: string, act: Import): Import =>
    (...parts) => {
      if (files === null) return act(...parts);
      const guard = guarded[name];
      if (guard !== undefined) return guard(act, parts);
      if (open.has(name)) return act(...parts);
      const answer = answers[name];
      if (answer !== undefined) return answer;
      if (name.startsWith("__syscall_")) return -errno.notPermitted;
      throw new BoxStop("closed", `${name} is closed`);
    };

  return {
    wrap: (module, imports) => {
      const wrapped: Record<string, Record<string, unknown>> = {};
      for (const { module: from, name, kind } of wasm.Module.imports(module)) {
        const value = imports[from]?.[name];
        if (value === undefined) continue;
        const isCall = kind === "function" && typeof value === "function";
        (wrapped[from] ??= {})[name] = isCall ? gated(name, value as Import) : value;
      }
      return wrapped;
    },
    close: (system, view) => {
      files = system;
      heap = view;
    },
    begin: (stdin, within, spent) => {
      input = new TextEncoder().encode(stdin);
      limits = within;
      spentMs = spent;
      read = printedBytes = writtenBytes = made = asks = 0;
      output = [];
    },
    printed: () => new TextDecoder().decode(Buffer.concat(output)),
  };
}
