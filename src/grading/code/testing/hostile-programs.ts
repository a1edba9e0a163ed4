import type { CodeLanguage } from "../box/messages.ts";

/** What a hostile program is after: all of it is there, and none of it may be reached. */
export type Bait = {
  /** A file outside the box, and the word in it. */
  readonly file: string;
  /** A variable of the harness's environment. */
  readonly variable: string;
  /** A port of this machine that somebody listens on. */
  readonly port: number;
};

export type HostileProgram = {
  readonly id: string;
  readonly language: CodeLanguage;
  readonly program: string;
  /** It goes on until it meets its limit. */
  readonly isSlow?: boolean;
};

/** Programs that mean harm: none of them answers rightly, so that each has to end as wrong. */
export const hostilePrograms = (bait: Bait): readonly HostileProgram[] => [
  ...named("python", python(bait)),
  ...named("javascript", javascript(bait)),
  ...named("sql", sql(bait)),
];

/** Node's own object, which a program may name and must not find. */
const host = "process";

type Programs = Readonly<Record<string, string>>;

const named = (language: CodeLanguage, programs: Programs): readonly HostileProgram[] =>
  Object.entries(programs).map(([id, program]) => ({
    id: `${language} ${id.replace(/^slow /, "")}`,
    language,
    program,
    ...(id.startsWith("slow ") ? { isSlow: true } : {}),
  }));

const python = ({ file, variable, port }: Bait): Programs => ({
  "slow endless loop": "while True: pass",
  "slow endless loop that catches everything":
    "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
  "slow loop in C": "import itertools\nsum(itertools.repeat(1))",
  "slow backtracking": "import re\nre.match('(a+)+$', 'a' * 40 + 'b')",
  "slow huge power": "x = 9 ** 9 ** 9",
  "slow sleeping": "import time\ntime.sleep(3600)",
  "slow sleeping in pieces": "import time\nwhile True: time.sleep(0.01)",
  "slow loop in the tested function": "def f(x):\n  while True: pass",
  "slow deadlock of tasks":
    "import asyncio\nasync def wait():\n  while True: await asyncio.sleep(0)\nasyncio.run(wait())",
  "slow memory bomb of a list": "x = []\nwhile True: x.append('a' * 1000000)",
  "memory bomb at once": "x = bytearray(2 ** 31 - 1)",
  "memory bomb of a number": "x = 1 << (2 ** 33)",
  "deep recursion": "import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(x): return f(x + 1)\nf(0)",
  "output flood": "while True: print('x' * 10000)",
  "file flood": "n = 0\nwhile True:\n  n += 1\n  open(f'/box/{n}', 'w').write('x' * 100000)",
  "sparse file": "h = open('/box/x', 'wb')\nh.seek(2 ** 40)\nh.write(b'1')\nh.flush()",
  "endless answer": "def f(x):\n  while True: yield x",
  "huge answer": "def f(x): return 'x' * (200 * 2 ** 20)",
  "answer within itself": "a = []\na.append(a)\ndef f(x): return a",
  fork: "import os\nos.fork()",
  shell: "import os\ndef f(x): return os.system('id')",
  subprocess: `import subprocess\ndef f(x): return subprocess.check_output(['cat', ${JSON.stringify(file)}])`,
  "read a file": `def f(x): return open(${JSON.stringify(file)}).read()`,
  "look around": "import os\ndef f(x): return [p for p in os.listdir('/') ] + os.listdir('/proc')",
  mount:
    "import ctypes\ndef f(x): return ctypes.CDLL(None).mount(b'/', b'/mnt', b'nodefs', 0, None)",
  environment: `import os\ndef f(x): return os.environ[${JSON.stringify(variable)}]`,
  socket: `import socket\ns = socket.create_connection(('127.0.0.1', ${port}))\ns.sendall(b'hello')`,
  http: `import urllib.request\ndef f(x): return urllib.request.urlopen('http://127.0.0.1:${port}/').read()`,
  "module js": `import js\ndef f(x): return js.${host}.env.${variable}`,
  "fetch of pyodide": `from pyodide.http import pyfetch\nimport asyncio\nasyncio.run(pyfetch('http://127.0.0.1:${port}/'))`,
  run_js: `from pyodide.code import run_js\ndef f(x): return run_js("${host}.env.${variable}")`,
  "bridge in C": `import _pyodide_core\ndef f(x): return _pyodide_core.raw_call(x)`,
  "bridge by gc": `import gc\ndef f(x):\n  for o in gc.get_objects():\n    if type(o).__name__ == 'JsProxy': return o.constructor.constructor('return process')().env.${variable}\n  return [o for o in gc.get_objects() if 'JsProxy' in repr(type(o))][0].new()`,
  "raw memory": "import ctypes\nctypes.memset(0, 255, 2 ** 24)",
  "poke memory":
    "import ctypes\n(ctypes.c_char * 2 ** 20).from_address(1024)[:] = b'x' * 2 ** 20\ndef f(x): return -1",
});

const javascript = ({ file, variable, port }: Bait): Programs => ({
  "slow endless loop": "while (true) {}",
  "slow endless loop that catches": "for (;;) { try { for (;;) {} } catch {} }",
  "slow backtracking": "/(a+)+$/.test('a'.repeat(40) + 'b')",
  "slow endless jobs":
    "const again = () => Promise.resolve().then(again); again(); const f = async () => again();",
  "memory bomb": "const a = []; while (true) a.push('x'.repeat(1e6) + a.length);",
  "memory bomb of a buffer": "const b = new ArrayBuffer(2 ** 32);",
  "deep recursion": "const f = (x) => f(x + 1) + 1;",
  "output flood": "while (true) console.log('x'.repeat(10000));",
  "huge answer": "const f = () => 'x'.repeat(2 ** 28);",
  process: `const f = () => ${host}.env.${variable};`,
  require: `const f = () => require('fs').readFileSync(${JSON.stringify(file)}, 'utf8');`,
  import: `const f = async () => (await import('node:fs')).readFileSync(${JSON.stringify(file)}, 'utf8');`,
  fetch: `const f = async () => (await fetch('http://127.0.0.1:${port}/')).text();`,
  "constructor of this": "const f = () => this.constructor.constructor('return process')().pid;",
  "constructor of print": "const f = () => print.constructor('return process')().pid;",
  "stack of an error":
    "Error.prepareStackTrace = (_, sites) => sites; const f = () => new Error().stack[0].getThis().process.pid;",
  "prototype of all":
    "Object.prototype.then = function () { return process.pid; }; const f = (x) => ({ x });",
  "std and os": "const f = () => std.loadFile('/etc/passwd') + os.exec(['id']);",
});

const sql = ({ file }: Bait): Programs => ({
  "slow endless recursion":
    "WITH RECURSIVE r(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM r) SELECT count(*) FROM r",
  "slow product":
    "WITH RECURSIVE r(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM r LIMIT 5000) SELECT sum(x.a * y.a * z.a) FROM r x, r y, r z",
  "slow memory bomb":
    "WITH RECURSIVE r(a) AS (SELECT randomblob(1000000) UNION ALL SELECT randomblob(1000000) FROM r LIMIT 2000) SELECT group_concat(hex(a)) FROM r",
  "output flood":
    "WITH RECURSIVE r(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM r) SELECT a, hex(zeroblob(1000)) FROM r",
  attach: `ATTACH ${quoted(file)} AS other; SELECT * FROM other.sqlite_master`,
  "attach by url": `ATTACH ${quoted(`file:${file}?mode=ro`)} AS other; SELECT 1`,
  "load extension": "SELECT load_extension('/tmp/x.so')",
  readfile: `SELECT readfile(${quoted(file)})`,
  writefile: `SELECT writefile(${quoted(`${file}.sql`)}, 'x')`,
  "vacuum into": `VACUUM INTO ${quoted(`${file}.db`)}; SELECT 1`,
  pragma: "PRAGMA writable_schema = 1; DELETE FROM sqlite_master; SELECT * FROM t",
});

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * Programs that do not solve the task and try to pass all the same. The task is `f(n)`, the sum of the squares up to n;
 * the tests are `f(3) == 14`, `f(4) == 30` and `abs(f(10) - 385) < 1e-9`.
 */
export const forgedPasses: readonly HostileProgram[] = [
  ...named("python", {
    "exit 0 before the tests": "import sys\nsys.exit(0)",
    "exit 0 in the test": "import os\ndef f(n): os._exit(0)",
    "raises SystemExit in the test": "def f(n): raise SystemExit(0)",
    "equal to everything":
      "class Any:\n  def __eq__(self, other): return True\n  def __sub__(self, other): return 0\n  def __abs__(self): return 0\n  __rsub__ = __sub__\n  def __lt__(self, other): return True\ndef f(n): return Any()",
    "int equal to everything":
      "class Any(int):\n  def __eq__(self, other): return True\n  def __sub__(self, other): return 0\n  __hash__ = int.__hash__\ndef f(n): return Any(7)",
    "list that reflects":
      "class Any(list):\n  def __eq__(self, other): return True\n  def __ne__(self, other): return False\ndef f(n): return Any([n])",
    "abs is zero": "import builtins\nbuiltins.abs = lambda x: 0\ndef f(n): return 0",
    "names overwritten":
      'abs = lambda x: 0\n_values = [14, 30, 385]\njudge = lambda *a: \'[{"holds": true, "shown": ""}]\'\ndef f(n): return _values',
    "prints a verdict":
      'print(\'passed 3 tests\')\nprint(\'{"verdict": "right", "value": 1}\')\ndef f(n): return 0',
    "prints at the end":
      "import atexit, sys\natexit.register(lambda: sys.__stdout__.write('{\"holds\": true}'))\ndef f(n): return 0",
    "reads frames":
      "import sys\ndef f(n):\n  frame = sys._getframe()\n  while frame:\n    for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):\n      if isinstance(value, str) and '==' in value and 'f(' in value: return eval(value.split('==')[1])\n    frame = frame.f_back\n  return None",
    "reads all objects":
      "import gc\ndef f(n):\n  for o in gc.get_objects():\n    if isinstance(o, dict) and any('expect' in str(k) or 'assert' in str(k) for k in o): return list(o.values())\n  return None",
    "looks for the suite":
      "import os\ndef f(n): return [os.path.join(d, x) for d, _, fs in os.walk('/') for x in fs if x.endswith('.yaml')]",
    "replaces the parser":
      "import ast, json, builtins\nast.parse = lambda *a, **k: None\njson.loads = lambda *a: [{'holds': True}]\nbuiltins.eval = lambda *a: True\nbuiltins.compile = lambda *a, **k: None\ndef f(n): return 0",
    "leaves a trace for the next":
      "import builtins, sys, os\nbuiltins.f = lambda n: n * (n + 1) * (2 * n + 1) // 6\nsys.modules['f'] = builtins.f\ntry: open('/box/f.py', 'w').write('x = 1')\nexcept OSError: pass\nassert False",
  }),
  ...named("javascript", {
    "equal by conversion":
      "const f = () => ({ valueOf: () => 14, toString: () => '14', [Symbol.toPrimitive]: () => 14, toJSON: () => 14 });",
    "proxy of everything":
      "const f = () => new Proxy({}, { get: () => 14, ownKeys: () => [], has: () => true });",
    "patched built-ins":
      'Math.abs = () => 0; Object.is = () => true; JSON.stringify = () => \'["f","14"]\'; Array.isArray = () => true; const f = () => 1;',
    "patched prototypes":
      "Object.defineProperty(Object.prototype, '0', { get: () => 'f' }); Array.prototype.toJSON = () => ['f', '14']; const f = () => 1;",
    "judge overwritten":
      "globalThis.judge = () => [true, '']; globalThis.$same = () => true; const f = () => 1;",
  }),
];
