import type { PythonModule, PythonAddress } from "./python-module.ts";

import { BoxStop, type WireValue } from "./messages.ts";
import { heapView, textAt, typeName, typeOf } from "./python-module.ts";

/** Bits of `tp_flags` (CPython's Include/object.h), which a program cannot change. */
const flags = {
  immutable: 1 << 8,
  long: 1 << 24,
  list: 1 << 25,
  tuple: 1 << 26,
  bytes: 1 << 27,
  text: 1 << 28,
  dict: 1 << 29,
} as const;

const deepest = 60;

/** Classes written in C whose own `repr` states their whole value. */
const spelled: ReadonlySet<string> = new Set(
  "date datetime time timedelta Decimal range".split(" "),
);

/** Iterators that are read to their end. */
const iterators: ReadonlySet<string> = new Set([
  ..."generator map filter zip enumerate reversed dict_keys dict_values dict_items".split(" "),
  ..."list_iterator tuple_iterator set_iterator str_iterator str_ascii_iterator".split(" "),
  ..."range_iterator dict_keyiterator dict_valueiterator dict_itemiterator".split(" "),
  ..."list_reverseiterator chain islice accumulate combinations permutations product".split(" "),
  ..."starmap takewhile dropwhile filterfalse zip_longest pairwise compress batched".split(" "),
]);

/**
 * Reads values out of the interpreter's memory, by what is stored there: of a subclass of a built-in class its content,
 * whatever its methods say. No Python code takes part but that of generators and of the classes in C named above.
 */
export type PythonReader = (object: PythonAddress) => WireValue;

/** `reprOf` gives, before any program has run, the `__repr__` of a class in C by its name. */
export function pythonReader(
  python: PythonModule,
  reprOf: ReadonlyMap<PythonAddress, PythonAddress>,
  mostBytes: number,
): PythonReader {
  let left = mostBytes;
  const spend = (bytes: number): void => {
    left -= bytes;
    if (left < 0) throw new BoxStop("output", `a value of more than ${mostBytes} bytes`);
  };
  const broken = (object: PythonAddress): WireValue => {
    python._PyErr_Clear();
    return ["object", typeName(python, object)];
  };

  const text = (object: PythonAddress): WireValue => {
    const read = textAt(python, object);
    spend(read?.length ?? 0);
    return read === null ? ["object", "str with lone surrogates"] : ["s", read];
  };
  const whole = (object: PythonAddress): WireValue => {
    const digits = python._PyNumber_ToBase(object, 16);
    return digits === 0 ? broken(object) : ["i", text(digits)[1]];
  };
  const members = (
    object: PythonAddress,
    depth: number,
    size: (object: PythonAddress) => number,
    at: (object: PythonAddress, index: number) => PythonAddress,
  ): readonly WireValue[] => {
    const read: WireValue[] = [];
    // Reading a generator inside may change the list.
    for (let index = 0; index < size(object); index += 1)
      read.push(value(at(object, index), depth + 1));
    return read;
  };
  const listed = (tag: string, object: PythonAddress, depth: number): WireValue => {
    const list = python._PySequence_List(object);
    if (list === 0) {
      const isMemory =
        python._PyErr_Occurred() === heapView(python).getUint32(python._PyExc_MemoryError, true);
      python._PyErr_Clear();
      if (isMemory) throw new BoxStop("memory", "no memory left for the value");
      return ["object", typeName(python, object)];
    }
    return [tag, members(list, depth, python._PyList_Size, python._PyList_GetItem)];
  };
  const pairs = (object: PythonAddress, depth: number): WireValue => {
    const places = python._malloc(12);
    heapView(python).setUint32(places, 0, true);
    const read: WireValue[] = [];
    while (python._PyDict_Next(object, places, places + 4, places + 8) !== 0) {
      const [key, member] = [4, 8].map((offset) =>
        heapView(python).getUint32(places + offset, true),
      );
      read.push(["t", [value(key ?? 0, depth + 1), value(member ?? 0, depth + 1)]]);
    }
    return ["d", read];
  };
  const byBytes = (object: PythonAddress): WireValue => {
    const size = python._PyBytes_Size(object);
    spend(size);
    const at = python._PyBytes_AsString(object);
    return ["y", Buffer.from(python.HEAPU8.subarray(at, at + size)).toString("hex")];
  };
  const named = (
    object: PythonAddress,
    type: PythonAddress,
    bits: number,
    depth: number,
  ): WireValue => {
    const name = typeName(python, object);
    const repr = reprOf.get(type);
    if (repr !== undefined && spelled.has(name)) {
      const shown = python._PyObject_CallOneArg(repr, object);
      return shown === 0 ? broken(object) : ["r", text(shown)[1]];
    }
    if ((bits & flags.immutable) === 0) return ["object", name];
    switch (name) {
      case "float":
        return ["f", String(python._PyFloat_AsDouble(object))];
      case "complex":
        return [
          "c",
          String(python._PyComplex_RealAsDouble(object)),
          String(python._PyComplex_ImagAsDouble(object)),
        ];
      case "set":
        return listed("S", object, depth);
      case "frozenset":
        return listed("F", object, depth);
      case "deque":
        return listed("q", object, depth);
      default:
        return iterators.has(name) ? listed("it", object, depth) : ["object", name];
    }
  };

  const value = (object: PythonAddress, depth = 0): WireValue => {
    if (depth > deepest) return ["object", "nested too deep"];
    spend(8);
    if (object === python.__Py_NoneStruct) return ["n"];
    if (object === python.__Py_TrueStruct) return ["b", true];
    if (object === python.__Py_FalseStruct) return ["b", false];
    const type = typeOf(python, object);
    const bits = python._PyType_GetFlags(type);
    if ((bits & flags.long) !== 0) return whole(object);
    if ((bits & flags.text) !== 0) return text(object);
    if ((bits & flags.list) !== 0)
      return ["l", members(object, depth, python._PyList_Size, python._PyList_GetItem)];
    if ((bits & flags.tuple) !== 0)
      return ["t", members(object, depth, python._PyTuple_Size, python._PyTuple_GetItem)];
    if ((bits & flags.dict) !== 0) return pairs(object, depth);
    if ((bits & flags.bytes) !== 0) return byBytes(object);
    return named(object, type, bits, depth);
  };
  return (object) => value(object);
}
