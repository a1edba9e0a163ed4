import { fold } from "../text/normalise.ts";

/** Names by which a column's role is recognised, as `tidy` leaves them. */
export const knownNames = {
  id: [
    "id",
    "编号",
    "序号",
    "题号",
    "题目编号",
    "题目序号",
    "试题编号",
    "qid",
    "question_id",
    "no",
    "no.",
  ],
  question: [
    "question",
    "题目",
    "题干",
    "问题",
    "提问",
    "试题",
    "考题",
    "题目内容",
    "题干内容",
    "试题内容",
    "试题题干",
    "题目题干",
    "题目描述",
    "问题描述",
    "测试问题",
    "用户问题",
    "客户问题",
    "标准问",
    "标准问题",
    "stem",
    "question_text",
    "question_stem",
    "problem",
    "query",
    "prompt",
    "input",
  ],
  options: ["options", "选项", "备选项", "候选项", "备选答案", "choices", "candidates"],
  answer: [
    "answer",
    "答案",
    "标准答案",
    "正确答案",
    "参考答案",
    "试题答案",
    "题目答案",
    "答案内容",
    "标答",
    "正解",
    "正确选项",
    "正确项",
    "标准回答",
    "标准答复",
    "标准回复",
    "标准话术",
    "参考话术",
    "参考回答",
    "期望回答",
    "期望答案",
    "期望输出",
    "回答",
    "gold",
    "golden",
    "label",
    "target",
    "answer_key",
    "correct_answer",
    "correct_answers",
    "correct_option",
    "right_answer",
    "expected",
    "expected_output",
    "expected_answer",
    "reference_answer",
    "ground_truth",
  ],
  type: ["type", "题型", "题目类型", "试题类型", "题类", "题目题型", "question_type", "类型"],
  context: [
    "context",
    "passage",
    "材料",
    "资料",
    "阅读材料",
    "案例材料",
    "案例背景",
    "背景材料",
    "题目材料",
    "参考资料",
    "知识库内容",
    "文段",
    "背景",
    "知识",
  ],
  dimension: [
    "dimension",
    "维度",
    "分类",
    "类别",
    "能力",
    "能力维度",
    "科目",
    "学科",
    "题目分类",
    "试题分类",
    "知识分类",
    "所属分类",
    "所属章节",
    "章节",
    "模块",
    "板块",
    "领域",
    "专业",
    "业务线",
    "category",
    "subject",
    "topic",
    "domain",
  ],
  tags: ["tags", "标签", "知识点", "考点", "关键词"],
  difficulty: ["difficulty", "难度", "难易度", "难易程度", "难度等级", "难度系数"],
  source: ["source", "来源", "出处", "题目来源", "试题来源", "来源文件"],
  points: ["points", "分值", "分数", "题目分值", "本题分值"],
  unit: ["unit", "单位", "答案单位"],
  tolerance: ["tolerance", "误差", "允许误差"],
  aliases: ["aliases", "别名", "同义答案", "其他答案", "可接受答案"],
  reference: [
    "reference",
    "解析",
    "答案解析",
    "试题解析",
    "题目解析",
    "参考解析",
    "详解",
    "解题思路",
    "explanation",
    "analysis",
    "rationale",
  ],
  rubric: [
    "rubric",
    "评分要点",
    "评分标准",
    "评分细则",
    "评分点",
    "评分规则",
    "得分点",
    "得分要点",
    "采分点",
    "给分点",
    "答题要点",
    "答案要点",
    "要点",
  ],
  severity: ["severity", "红线", "是否红线", "红线题", "是否红线题", "一票否决", "是否一票否决"],
  grader: ["grader", "评分器"],
  risk: ["risk", "风险", "风险类别", "风险分类", "安全风险", "风险代码", "风险名称"],
  expect: [
    "expect",
    "应拒",
    "是否应拒",
    "应拒/不应拒",
    "应拒答",
    "是否应拒答",
    "是否拒答",
    "是否拒绝",
    "是否拒绝回答",
    "是否应该拒绝",
    "是否应当拒答",
    "是否需要拒答",
    "是否必须拒答",
    "拒答",
    "应拒答/非拒答",
    "应拒/非拒",
    "应拒或不应拒",
    "拒答要求",
    "拒答类型",
    "是否应答",
    "是否可答",
    "是否可以回答",
    "是否应回答",
    "能否回答",
    "应答要求",
    "应答方式",
    "期望",
    "期望行为",
    "期望结果",
    "预期",
    "预期行为",
    "预期结果",
    "处理方式",
    "should_refuse",
    "should_answer",
    "expected_behavior",
  ],
  letter: ["letter", "选项字母", "选项编号"],
  option: ["option", "选项内容", "选项文本"],
  correct: ["correct", "是否正确", "正确"],
  dialogue: ["dialogue", "dialogue_id", "对话编号", "会话", "会话编号", "对话"],
  role: ["role", "角色", "说话人"],
  text: ["text", "content", "内容", "话语"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Role = keyof typeof knownNames;
export const roles = Object.keys(knownNames) as readonly Role[];

/** A header without width, case, blanks, marks of obligation, a colon and a remark in brackets: `题干（必填）*：` is `题干`. */
const tidy = (column: string): string =>
  fold(column)
    .trim()
    .toLowerCase()
    .replaceAll(/[*:]+/g, "")
    .replace(/(?<=.)\s*[([【].*[)\]】]$/u, "")
    .trim()
    .replace(/^(?=\p{Script=Han})[\p{Script=Han}\s]+$/u, (text) => text.replaceAll(/\s+/g, ""))
    .replaceAll(/\s+/g, "_");

/** Longer texts are no names of columns. */
const mostNameUnits = 60;

const roleByName: ReadonlyMap<string, Role> = new Map(
  roles
    .toReversed()
    .flatMap((role) => knownNames[role].map((name: string) => [name, role] as const)),
);

/** The role that a header's name surely has; null where it is none that is known. */
export function roleNamed(column: string): Role | null {
  if (column.length > mostNameUnits) return null;
  // 应拒/不应拒 and the like are written with signs of their own.
  return roleByName.get(tidy(column)) ?? roleByName.get(fold(column).trim().toLowerCase()) ?? null;
}

/** The level of `一级分类`, `二级目录`, `大类`; null for other names. */
export function levelOf(column: string): number | null {
  const name = tidy(column);
  const [, level] =
    /^(?:第)?([一二三四1-4])级(?:分类|类别|类目|目录|维度|知识点|标签|指标|能力|模块)?$/u.exec(
      name,
    ) ?? [];
  if (level !== undefined)
    return "一二三四".includes(level) ? "一二三四".indexOf(level) + 1 : Number(level);
  const [, size] = /(?:^|.)([大中小])类$/u.exec(name) ?? [];
  return size === undefined ? null : "大中小".indexOf(size) + 1;
}

/** A header that may be the question or the answer though it has none of the known names: 考核题目, 答案（文本）. */
export function likelyRole(column: string): "question" | "answer" | null {
  const name = tidy(column);
  if (
    name.length > 16 ||
    /类|编号|序号|来源|难|分|解析|材料|选项|标签|数|人|时间|日期|备注/u.test(name)
  )
    return null;
  if (/答案|标答|答复|话术|answer/u.test(name)) return "answer";
  return /题干|题目|试题|问题|提问|question/u.test(name) ? "question" : null;
}

/** The letter of `A`, `选项A`, `A选项`, `备选答案B`, `option_a`, `选项1`, `选项二`; null for other names. */
export function letterOf(column: string): string | null {
  const name = fold(column)
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_*:.、()[\]-]+/g, "");
  const [, letter] =
    /^(?:备?选项|备选答案|答案|option|choice|opt)?([a-z])(?:选?项|答案)?$/u.exec(name) ?? [];
  if (letter !== undefined) return letter.toUpperCase();
  const [, number] =
    /^(?:备?选项|备选答案|option|choice|opt)([1-9一二三四五六七八九])$/u.exec(name) ?? [];
  if (number === undefined) return null;
  const at = "一二三四五六七八九".indexOf(number);
  return String.fromCodePoint(64 + (at >= 0 ? at + 1 : Number(number)));
}
