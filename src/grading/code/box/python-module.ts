import type { FileSystem } from "./python-gate.ts";

/** PythonAddress of an object in the interpreter's memory; 0 where there is none. */
export type PythonAddress = number;

/** As much of CPython's C API as is used, by Emscripten's names. */
type Calls = Readonly<
  Record<
    | "_malloc"
    | "_PyImport_AddModule"
    | "_PyModule_GetDict"
    | "_PyRun_StringFlags"
    | "_PyErr_Occurred"
    | "_PyErr_GetRaisedException"
    | "_PyErr_GivenExceptionMatches"
    | "_PyObject_Str"
    | "_PyObject_CallOneArg"
    | "_PyObject_GetAttrString"
    | "_PyUnicode_AsUTF8AndSize"
    | "_PyUnicode_FromStringAndSize"
    | "_PyType_GetName"
    | "_PyType_GetFlags"
    | "_PyNumber_ToBase"
    | "_PyFloat_AsDouble"
    | "_PyComplex_RealAsDouble"
    | "_PyComplex_ImagAsDouble"
    | "_PyBytes_Size"
    | "_PyBytes_AsString"
    | "_PyList_Size"
    | "_PyList_GetItem"
    | "_PyTuple_Size"
    | "_PyTuple_GetItem"
    | "_PyDict_New"
    | "_PyDict_Next"
    | "_PySequence_List"
    | "_emscripten_stack_get_current",
    (...parts: readonly number[]) => number
  >
> & {
  readonly _PyErr_Clear: () => void;
  readonly __emscripten_stack_restore: (at: PythonAddress) => void;
};

/** Pointers to exceptions, singletons and a switch, which are at fixed places. */
type Places = Readonly<
  Record<
    | "_PyExc_SystemExit"
    | "_PyExc_MemoryError"
    | "__Py_NoneStruct"
    | "__Py_TrueStruct"
    | "__Py_FalseStruct"
    | "_Py_EMSCRIPTEN_SIGNAL_HANDLING",
    PythonAddress
  >
>;

export type PythonModule = Calls &
  Places & {
    /** The whole memory. A new view after it has grown. */
    readonly HEAPU8: Uint8Array<ArrayBuffer>;
    readonly FS: FileSystem;
  };

export const heapView = ({ HEAPU8 }: PythonModule): DataView => new DataView(HEAPU8.buffer);

/** Copies a text into the interpreter's memory, with a zero at its end. */
export function putText(python: PythonModule, text: string): PythonAddress {
  const bytes = new TextEncoder().encode(text);
  const at = python._malloc(bytes.length + 1);
  if (at === 0) throw new RangeError("no memory for the program's text");
  python.HEAPU8.set(bytes, at);
  python.HEAPU8[at + bytes.length] = 0;
  return at;
}

/** The text of a `str` object; null where it has lone surrogates. */
export function textAt(python: PythonModule, object: PythonAddress): string | null {
  const sizeAt = python._malloc(4);
  const at = sizeAt === 0 ? 0 : python._PyUnicode_AsUTF8AndSize(object, sizeAt);
  if (at === 0) {
    python._PyErr_Clear();
    return null;
  }
  const size = heapView(python).getUint32(sizeAt, true);
  return new TextDecoder().decode(python.HEAPU8.subarray(at, at + size));
}

/** The class of an object: its second word, after the reference count. */
export const typeOf = (python: PythonModule, object: PythonAddress): PythonAddress =>
  heapView(python).getUint32(object + 4, true);

export function typeName(python: PythonModule, object: PythonAddress): string {
  const name = python._PyType_GetName(typeOf(python, object));
  const text = name === 0 ? null : textAt(python, name);
  python._PyErr_Clear();
  return text ?? "?";
}
