import type { Text } from "../../../domain/text.ts";
import type { ClauseField } from "./raw-clause.ts";

/** Names of columns as buyers write them, tidied; exact ones first, then words that a longer name may hold. */
const names: Readonly<
  Record<ClauseField, { readonly exact: readonly string[]; readonly holds: readonly string[] }>
> = {
  no: {
    exact: [
      "条款号",
      "条款编号",
      "条款序号",
      "序号",
      "编号",
      "条目号",
      "条目",
      "项号",
      "项次",
      "条款",
      "招标条款号",
      "需求编号",
      "指标编号",
      "no",
      "no.",
      "id",
      "clause",
      "clauseno",
      "#",
      "号",
    ],
    holds: ["条款号", "编号", "序号"],
  },
  mark: {
    exact: [
      "标记",
      "标识",
      "重要性",
      "重要程度",
      "条款性质",
      "条款类型",
      "条款属性",
      "是否实质性",
      "是否实质性条款",
      "实质性",
      "星号",
      "★",
      "★/▲",
      "★▲",
      "优先级",
      "级别",
      "类型",
      "性质",
      "mark",
      "priority",
    ],
    holds: ["实质性", "重要", "性质"],
  },
  requirement: {
    exact: [
      "要求",
      "招标要求",
      "技术要求",
      "条款内容",
      "条款要求",
      "需求描述",
      "需求",
      "需求内容",
      "内容",
      "招标文件要求",
      "招标文件条款",
      "参数要求",
      "技术参数",
      "技术参数要求",
      "技术规格",
      "规格要求",
      "功能要求",
      "采购需求",
      "招标技术要求",
      "技术指标要求",
      "描述",
      "说明",
      "具体要求",
      "指标说明",
      "requirement",
      "requirements",
      "description",
    ],
    holds: ["要求", "需求", "条款内容", "描述", "requirement"],
  },
  measure: {
    exact: [
      "指标",
      "指标名称",
      "指标项",
      "考核指标",
      "性能指标",
      "评价指标",
      "测评指标",
      "评测指标",
      "技术指标",
      "参数",
      "参数名称",
      "参数项",
      "测评项",
      "测试项",
      "测试项目",
      "检测项",
      "检测项目",
      "考核项",
      "考核项目",
      "评测项",
      "项目",
      "项目名称",
      "名称",
      "measure",
      "metric",
      "kpi",
      "item",
    ],
    holds: ["指标名", "指标项", "测试项", "检测项", "考核项", "measure", "metric"],
  },
  bound: {
    exact: [
      "界限",
      "阈值",
      "要求值",
      "指标值",
      "目标值",
      "目标",
      "指标要求",
      "标准",
      "标准值",
      "合格标准",
      "考核标准",
      "验收标准",
      "达标标准",
      "评判标准",
      "判定标准",
      "合格线",
      "限值",
      "门槛",
      "达标线",
      "达标值",
      "基准值",
      "阈值要求",
      "bound",
      "threshold",
      "target",
      "limit",
      "criterion",
      "criteria",
    ],
    holds: ["标准", "阈值", "限值", "要求值", "指标值", "目标值", "threshold", "target"],
  },
  unit: { exact: ["单位", "计量单位", "unit", "units"], holds: [] },
  relation: {
    exact: [
      "比较",
      "关系",
      "运算符",
      "比较符",
      "比较关系",
      "判断",
      "判定",
      "判定条件",
      "方向",
      "operator",
      "op",
      "comparison",
      "relation",
    ],
    holds: [],
  },
  of: {
    exact: [
      "范围",
      "题集",
      "对象",
      "测试范围",
      "测试对象",
      "场景",
      "业务场景",
      "适用范围",
      "任务",
      "维度",
      "scope",
      "of",
      "suite",
    ],
    holds: ["场景", "题集"],
  },
  label: { exact: ["标签", "类别", "label", "class"], holds: [] },
  at: {
    exact: [
      "压力",
      "并发",
      "并发数",
      "负载",
      "压力条件",
      "测试条件",
      "负载条件",
      "工况",
      "条件",
      "at",
      "load",
      "concurrency",
    ],
    holds: ["测试条件", "压力"],
  },
  state: {
    exact: [
      "响应",
      "应答",
      "是否满足",
      "满足情况",
      "是否响应",
      "响应情况",
      "偏离",
      "偏离情况",
      "偏离说明",
      "偏差",
      "状态",
      "符合性",
      "符合情况",
      "响应/偏离",
      "响应状态",
      "结论",
      "state",
      "response",
      "compliance",
      "deviation",
    ],
    holds: ["偏离", "是否满足", "是否响应", "符合情况"],
  },
  value: {
    exact: [
      "响应值",
      "投标值",
      "实际值",
      "实测值",
      "投标人响应值",
      "响应内容",
      "投标响应",
      "投标应答",
      "应答内容",
      "投标文件响应",
      "投标人响应",
      "供应商响应",
      "供应商响应值",
      "value",
      "offered",
    ],
    holds: ["响应值", "投标响应", "响应内容", "实测"],
  },
  evidence: {
    exact: [
      "证明材料",
      "证据",
      "佐证",
      "佐证材料",
      "附件",
      "证明文件",
      "页码",
      "支撑材料",
      "证明",
      "证据链接",
      "evidence",
      "proof",
    ],
    holds: ["证明", "佐证", "证据", "evidence"],
  },
};

/** The columns of a table. */
export type ClauseColumns = {
  readonly at: ReadonlyMap<ClauseField, number>;
  /** A unit in the heading of the bounds, such as 阈值（ms）. */
  readonly unit: string | null;
  readonly notes: readonly Text[];
};

/** Which column says what; null where the row is no head, as neither a requirement nor a measure is in it. */
export function clauseColumns(header: readonly string[]): ClauseColumns | null {
  const at = new Map<ClauseField, number>();
  const taken = new Set<number>();
  const take = (field: ClauseField, index: number): void => {
    if (index < 0 || at.has(field)) return;
    at.set(field, index);
    taken.add(index);
  };
  const tidied = header.map(tidyName);
  for (const [field, { exact }] of entries) {
    const places = exact.map((name) =>
      tidied.findIndex((each, index) => each === name && !taken.has(index)),
    );
    take(field, places.find((index) => index >= 0) ?? -1);
  }
  for (const [field, { holds }] of entries)
    take(
      field,
      tidied.findIndex(
        (each, index) =>
          !taken.has(index) && each.length < 20 && holds.some((name) => each.includes(name)),
      ),
    );
  if (!at.has("requirement") && !at.has("measure")) return null;
  if (at.size < 2) return null;
  const idle = header.filter((name, index) => name.trim() !== "" && !taken.has(index));
  const bracket = /[(（]([^()（）]+)[)）]/u.exec(header[at.get("bound") ?? -1] ?? "")?.[1] ?? null;
  return { at, unit: bracket, notes: idle.length === 0 ? [] : [unused(idle)] };
}

const entries = Object.entries(names) as readonly (readonly [
  ClauseField,
  (typeof names)[ClauseField],
])[];

/** Without blanks, brackets and marks for required columns. */
const tidyName = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[(（[【][^)）\]】]*[)）\]】]/gu, "")
    .replaceAll(/[\s:*]/gu, "");

const unused = (columns: readonly string[]): Text => ({
  zh: `没有用到的列：${columns.join("、")}`,
  en: `columns not used: ${columns.join(", ")}`,
});
