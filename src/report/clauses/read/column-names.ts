import type { ClauseField } from "./raw-clause.ts";

/** Names of a column, tidied: those it has exactly, then words that a longer name may hold. */
type FieldNames = { readonly exact: readonly string[]; readonly holds: readonly string[] };

/** Several names, in the order in which they are looked for. */
const words = (names: string): readonly string[] => names.split(" ");

/** Names of columns as buyers and bidders write them. */
export const clauseColumnNames: Readonly<Record<ClauseField, FieldNames>> = {
  no: {
    exact: words(
      "条款号 条款编号 条款序号 条目号 编号 项号 项次 条款 指标编号 需求编号 id reqid clause clauseno ref refno",
    ),
    holds: words("条款号 条款编号 条目号 编号 reqid clauseid requirementid"),
  },
  mark: {
    exact: words(
      "标记 标识 重要性 重要程度 是否实质性 实质性 星号 ★ ★/▲ ★▲ 优先级 级别 类型 性质 mark priority category class",
    ),
    holds: words("实质性 重要 性质 条款性质 条款类型 条款属性 条款级别 priority mandatory"),
  },
  requirement: {
    exact: words(
      "要求 招标要求 技术要求 条款内容 条款要求 需求描述 需求 需求内容 内容 招标文件要求 招标文件条款 参数要求 技术参数 技术规格 规格要求 功能要求 采购需求 描述 具体要求 requirement requirements description",
    ),
    holds: words(
      "技术要求 招标要求 招标文件要求 条款内容 需求 描述 参数要求 要求 技术参数 参数及 参数与 规格 requirement",
    ),
  },
  measure: {
    exact: words(
      "指标 指标名称 指标项 考核指标 性能指标 评价指标 测评指标 评测指标 技术指标 二级指标 三级指标 参数 参数名称 参数项 测评项 测试项 测试项目 检测项 检测项目 考核项 考核项目 评测项 项目 项目名称 名称 measure metric kpi indicator item",
    ),
    holds: words("指标名 指标项 测试项 检测项 考核项 服务指标 指标 measure metric kpi indicator"),
  },
  bound: {
    exact: words(
      "界限 阈值 门限 要求值 指标值 目标值 目标 指标要求 合格要求 达标要求 标准 标准值 合格线 限值 门槛 达标线 达标值 基准值 bound threshold target limit criterion criteria requiredvalue",
    ),
    holds: words(
      "标准 阈值 门限 限值 门槛 要求值 指标值 目标值 合格 达标 threshold target criteria",
    ),
  },
  lower: {
    exact: words("下限 最低值 最小值 最低 min minimum lower"),
    holds: ["下限"],
  },
  upper: {
    exact: words("上限 最高值 最大值 最高 max maximum upper"),
    holds: ["上限"],
  },
  unit: { exact: words("单位 计量单位 unit units"), holds: [] },
  relation: {
    exact: words(
      "比较 关系 运算 运算符 算符 符号 比较符 比较关系 判断 判定 判定条件 方向 operator op comparison relation",
    ),
    holds: words("比较 运算"),
  },
  of: {
    exact: words("范围 题集 测试范围 场景 业务场景 适用范围 scope of suite"),
    holds: words("场景 题集"),
  },
  topic: {
    exact: words(
      "测评内容 测试内容 评测内容 考核内容 测评维度 评测维度 维度 任务 对象 测试对象 测评对象 一级指标 task dimension topic area",
    ),
    holds: words("维度 测评内容 评测内容 测试内容 任务"),
  },
  label: { exact: words("标签 类别 label"), holds: [] },
  at: {
    exact: words("压力 并发 并发数 负载 压力条件 测试条件 负载条件 工况 条件 at load concurrency"),
    holds: words("测试条件 压力 并发"),
  },
  state: {
    exact: words(
      "响应 应答 是否满足 满足情况 是否响应 响应情况 偏离 偏离情况 偏离说明 偏差 状态 符合性 符合情况 响应/偏离 响应状态 结论 state response compliance deviation compliant",
    ),
    holds: words("偏离 是否满足 是否响应 符合情况 compliance"),
  },
  value: {
    exact: words("响应值 投标值 实际值 实测值 响应内容 投标响应 投标应答 应答内容 value offered"),
    holds: words("响应 应答 承诺 实测 offered"),
  },
  evidence: {
    exact: words(
      "证明材料 证据 佐证 佐证材料 附件 证明文件 页码 支撑材料 证明 证据链接 evidence proof reference",
    ),
    holds: words("证明 佐证 证据 页码 evidence reference"),
  },
};

/** A running number, where no column holds the clauses' own. */
export const runningNumbers: readonly string[] = words("序号 序 号 no no. # sn s/n 项");
