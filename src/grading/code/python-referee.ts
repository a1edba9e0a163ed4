import type { WireValue } from "./box/messages.ts";
import type { AssertPlan, Judged, JudgedValues, Referee } from "./referee.ts";

import { runTrusted } from "./pool.ts";

/**
 * Runs in an interpreter that never sees a program. `plan` takes an assert apart: what begins with a name that is neither
 * built in nor one of the known modules is the program's, and is asked of it; the rest is evaluated here, by built-ins
 * that nobody has touched, over the values that came back.
 */
const source = `
import ast, builtins, collections, datetime, decimal, fractions, json, math

KNOWN = {
    "math": math, "datetime": datetime, "date": datetime.date, "timedelta": datetime.timedelta,
    "Decimal": decimal.Decimal, "Fraction": fractions.Fraction, "Counter": collections.Counter,
    "OrderedDict": collections.OrderedDict, "deque": collections.deque,
}
OWN = set(dir(builtins)) | set(KNOWN)

class Dependent(Exception): pass

def root(node):
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None

def stored(node):
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}

class Split(ast.NodeTransformer):
    def __init__(self):
        self.chains, self.names, self.bound = [], [], set()
    def visit(self, node):
        name = root(node)
        if name is not None and name not in OWN and name not in self.bound:
            used = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
            if used & self.bound: raise Dependent(", ".join(sorted(used & self.bound)))
            self.chains.append(ast.unparse(node))
            self.names.append(name)
            return ast.parse("_values[%d]" % (len(self.chains) - 1), mode="eval").body
        inner = set()
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            inner = set().union(*[stored(each.target) for each in node.generators])
        if isinstance(node, ast.Lambda): inner = {each.arg for each in node.args.args}
        before = self.bound
        self.bound = before | inner
        node = self.generic_visit(node)
        self.bound = before
        return node

def plan_one(test):
    text = test["assert"].strip()
    if text.startswith("assert "): text = text[7:].strip()
    try:
        ast.parse(test.get("setup", ""))
    except SyntaxError as error:
        return {"problem": {"kind": "syntax", "at": "setup", "detail": str(error)}}
    try:
        tree = ast.parse(text, mode="eval")
        split = Split()
        rest = ast.unparse(ast.fix_missing_locations(split.visit(tree)))
    except SyntaxError as error:
        return {"problem": {"kind": "syntax", "at": "assert", "detail": str(error)}}
    except Dependent as error:
        return {"problem": {"kind": "dependent", "at": "assert", "detail": str(error)}}
    if not split.chains: return {"problem": {"kind": "no call", "at": "assert", "detail": ""}}
    return {"chains": split.chains, "names": split.names, "rest": rest}

def plan(tests):
    return json.dumps([plan_one(each) for each in json.loads(tests)])

class Unread:
    def __init__(self, name): self.name = name
    def __repr__(self): return "<%s>" % self.name
    def refuse(self, *others):
        raise TypeError("an object of class %s is not read; compare its attributes" % self.name)
    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = __ne__ = __bool__ = __len__ = __iter__ = refuse
    __hash__ = None

SPELLED = {"date": datetime.date, "datetime": datetime.datetime, "time": datetime.time, "timedelta": datetime.timedelta,
           "timezone": datetime.timezone, "utc": datetime.timezone.utc}

def spelled(node):
    if isinstance(node, ast.Constant): return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub): return -spelled(node.operand)
    if isinstance(node, ast.Attribute) and root(node) in ("datetime",): return SPELLED[node.attr]
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else None
        make = {"Decimal": decimal.Decimal, "range": range}[name] if name is not None else spelled(node.func)
        return make(*[spelled(each) for each in node.args], **{each.arg: spelled(each.value) for each in node.keywords})
    raise ValueError("not a value")

def decode(value):
    tag, *parts = value
    if tag == "n": return None
    if tag in ("b", "s"): return parts[0]
    if tag == "i": return int(parts[0], 16)
    if tag == "f": return float(parts[0])
    if tag == "c": return complex(float(parts[0]), float(parts[1]))
    if tag == "y": return bytes.fromhex(parts[0])
    if tag == "object": return Unread(parts[0])
    if tag == "r": return spelled(ast.parse(parts[0], mode="eval").body)
    inner = [decode(each) for each in parts[0]]
    if tag == "l": return inner
    if tag == "t": return tuple(inner)
    if tag == "d": return dict(inner)
    if tag == "S": return set(inner)
    if tag == "F": return frozenset(inner)
    if tag == "q": return collections.deque(inner)
    if tag == "it": return iter(inner)
    raise ValueError("a value of unknown kind")

def short(value):
    try:
        text = repr(value)
    except ValueError:
        text = "a very large number"
    return text if len(text) <= 120 else text[:119] + "…"

def judge_one(test):
    try:
        values = [decode(each) for each in test["values"]]
        shown = ", ".join(short(each) for each in values)
        holds = bool(eval(test["rest"], {**KNOWN, "_values": values}))
        return {"holds": holds, "shown": shown, "isUnclear": False}
    except Exception as error:
        return {"holds": False, "shown": str(error)[:200], "isUnclear": True}

def judge(tests):
    return json.dumps([judge_one(each) for each in json.loads(tests)])
`;

const limits = { time_ms: 10_000, memory_bytes: 2 ** 29, output_bytes: 2 ** 24 };

/** Judges asserts in Python. */
export const pythonReferee: Referee = {
  plan: async (tests) => (await call("plan", tests)) as readonly AssertPlan[],
  judge: async (tests: readonly JudgedValues[]) =>
    (await call("judge", tests)) as readonly Judged[],
};

async function call(name: "plan" | "judge", material: unknown): Promise<unknown> {
  // A JSON text within a JSON text is a literal of Python too.
  const expression = `${name}(${JSON.stringify(JSON.stringify(material))})`;
  const { failure, probes } = await runTrusted({
    language: "python",
    program: source,
    stdin: null,
    probes: [{ setup: "", expressions: [expression] }],
    before: "",
    limits,
  });
  const [probe] = probes;
  const wrong = failure ?? (probe !== undefined && "failure" in probe ? probe.failure : null);
  if (wrong !== null) throw new Error(`the referee failed: ${wrong.message}`);
  const value: WireValue | undefined =
    probe !== undefined && "values" in probe ? probe.values[0] : undefined;
  if (value?.[0] !== "s" || typeof value[1] !== "string")
    throw new Error("the referee said nothing");
  return JSON.parse(value[1]);
}
