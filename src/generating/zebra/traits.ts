import { names, towns } from "../words.ts";

/** What tells the people of a puzzle apart, in words. */
export type Trait = {
  /** Heads the list of its values. */
  readonly title: string;
  /** What is asked for, as in 各人养的动物依次是什么. */
  readonly asked: string;
  readonly values: readonly string[];
  readonly who: (value: string) => string;
  readonly is: (value: string) => string;
  readonly isNot: (value: string) => string;
};

/** The first trait of every puzzle. */
export const nameTrait: Trait = {
  title: "名字",
  asked: "各人的名字",
  values: names,
  who: (name) => name,
  is: (name) => `就是${name}`,
  isNot: (name) => `不是${name}`,
};

const trait = (
  title: string,
  asked: string,
  values: string,
  [is, isNot]: readonly [string, string],
  who = `${full(is)}的人`,
): Trait => {
  const filled = (form: string) => (value: string) => form.replace("…", value);
  return {
    title,
    asked,
    values: values.split(" "),
    who: filled(who),
    is: filled(full(is)),
    isNot: filled(full(isNot)),
  };
};

function full(form: string): string {
  return form.includes("…") ? form : `${form}…`;
}

/** No value is part of another word of a puzzle. */
export const traits: readonly Trait[] = [
  trait("职业", "各人的职业", "医生 木匠 裁缝 厨师 邮差 画家 司机 园丁", ["是", "不是"], "那位…"),
  trait("爱喝的茶", "各人爱喝的茶", "龙井 毛尖 普洱 碧螺春 铁观音 大红袍 寿眉 茉莉花茶", [
    "爱喝",
    "不爱喝",
  ]),
  trait("养的动物", "各人养的动物", "猫 鹦鹉 金鱼 乌龟 兔子 仓鼠 画眉 山羊", ["养着", "没有养"]),
  trait("家乡", "各人的家乡", towns.slice(0, 8).join(" "), ["来自", "不是从…来的"]),
  trait("玩的乐器", "各人玩的乐器", "二胡 琵琶 古筝 唢呐 口琴 竹笛 小提琴 手风琴", ["玩", "不玩"]),
  trait("种的花", "各人种的花", "牡丹 茶花 水仙 月季 杜鹃 腊梅 芍药 栀子", ["种了", "没有种"]),
  trait("衣服的颜色", "各人衣服的颜色", "红色 黄色 蓝色 绿色 白色 黑色 灰色 紫色", [
    "穿…衣服",
    "没有穿…衣服",
  ]),
  trait("属相", "各人的属相", "属鼠 属牛 属虎 属龙 属蛇 属马 属猴 属鸡", ["…", "不…"], "…的人"),
];
