/** All texts on the screen other than rulings and names. */
export const words = {
  title: { zh: "人工裁定", en: "Rulings" },
  ruled: { zh: "本次已裁", en: "ruled now" },
  lines: { zh: "行", en: "lines" },
  reading: { zh: "正在读运行文件……", en: "Reading the run file…" },
  gold: { zh: "标准答案", en: "gold" },
  grader: { zh: "评分器", en: "grader" },
  hidden: { zh: "评分器的判定未显示（v 显示）", en: "the grader's verdict is hidden (v shows it)" },
  before: { zh: "已裁", en: "ruled" },
  points: { zh: "得分（1-99）", en: "points (1-99)" },
  reason: { zh: "理由（可空）", en: "reason (may stay empty)" },
  done: {
    zh: "已是最后一条。← 返回修改，q 结束；裁定都已写入运行文件。",
    en: "That was the last. ← goes back, q quits; all rulings are in the run file.",
  },
  keys: {
    zh: "1-5 裁定  ↑↓ 滚动  空格 翻页  → 下一条  ← 上一条  v 显示/隐藏判定  q 结束",
    en: "1-5 rule  ↑↓ scroll  Space page  → next  ← back  v show/hide verdict  q quit",
  },
  keysDraft: { zh: "回车 保存  Esc 取消", en: "Enter saves  Esc cancels" },
  tooSmall: { zh: "窗口太小", en: "The window is too small" },
  empty: { zh: "（空）", en: "(empty)" },
} as const;
