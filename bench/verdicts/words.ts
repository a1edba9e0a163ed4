/** The words of the tables in Chinese; `{}` stands for a number. Names of suites and boards stay as they are. */
const chinese: Readonly<Record<string, string>> = {
  tree: "题集或榜单",
  items: "题数",
  "any false part": "任一部分误判",
  "false total": "总分误判",
  rule: "规则",
  shape: "数据",
  runs: "次数",
  stated: "标称",
  found: "实测",
  power: "检验功效",
  pairs: "对数",
  "any false part, paired": "任一部分误判，配对",
  "false total, paired": "总分误判，配对",
  "unpaired parts": "部分误判，不配对",
  "unpaired total": "总分误判，不配对",
  "TTFT more or less": "首字延迟增减",
  "speed more or less": "吐字速度增减",
  "cost more or less": "费用增减",
  "cost per correct more or less": "元/答对增减",
  "unpaired TTFT more or less": "首字延迟增减，不配对",
  "unpaired cost per answer more or less": "每次作答费用增减，不配对",
  "unpaired cost per correct more or less": "元/答对增减，不配对",
  "any false order of {} equal targets": "{} 个相同的目标排出任一先后",
  "gate passed at its own bound": "真实分数恰在门槛而门禁通过",
  "95% interval misses the true score": "95% 区间不含真实分数",
  "nightly alarm in a month, {} targets": "{} 个目标一个月内有夜间榜报警",
  "all trees": "全部题集与榜单",
  "fresh, two seeds": "fresh，两个种子",
  "n = {}, {}% lost, {}% won": "n = {}，{}% 由对变错，{}% 由错变对",
  "{} passages of {}: label swaps": "{} 段材料，每段 {} 题：交换标签",
  "{} passages of {}: paired t": "{} 段材料，每段 {} 题：配对 t",
  "{} passages of {}: signed ranks": "{} 段材料，每段 {} 题：符号秩",
  "{} passages of {}: signs": "{} 段材料，每段 {} 题：符号",
  "{} passages of {}: Obuchowski": "{} 段材料，每段 {} 题：Obuchowski",
  "no change: label swaps": "没有变化：交换标签",
  "no change: paired t": "没有变化：配对 t",
  "no change: signed ranks": "没有变化：符号秩",
  "no change: signs": "没有变化：符号",
  "no change: Obuchowski": "没有变化：Obuchowski",
};

/**
 * A cell of the tables in Chinese. Numbers, and ids of suites and boards, are given back unchanged.
 * @throws for words that have no Chinese here.
 */
export function inChinese(cell: string, ids: readonly string[]): string {
  const numbers = cell.match(/\d+/g) ?? [];
  const known = chinese[cell] ?? chinese[cell.replaceAll(/\d+/g, "{}")];
  if (known !== undefined) {
    const left = known.includes("{}") ? [...numbers] : [];
    return known.replaceAll("{}", () => left.shift() ?? "");
  }
  if (ids.includes(cell) || !/[a-z]/i.test(cell)) return cell;
  throw new Error(`bench/verdicts/words.ts has no Chinese for "${cell}"`);
}
