import { expect, test } from "vitest";

import { goldOf } from "../../testing/sample.ts";
import { findChoice } from "../find.ts";
import { labelsOf } from "../question/labels.ts";
import { askingClause, stemOf } from "../question/stem.ts";

const cities = {
  A: "促进了城市之间的交通",
  B: "保护了沿江的生态环境",
  C: "扩大了港口的货物吞吐",
  D: "降低了企业的用工成本",
};
const plan = "某市将沿江老码头改为湿地公园。这一做法(　　)";
const wrongPlan = "若把沿江老码头改为湿地公园，下列说法错误的是(　　)";
const vector = "已知点A(1,2)，C(4,6)，则|AC|=(　　)";
const lengths = { A: "3", B: "4", C: "5", D: "6" };
const chance = "从4名男同学和2名女同学中任选2人，则2人都是女同学的概率为(　　)";
const chances = { A: "1/15", B: "2/15", C: "1/5", D: "1/3" };
const nurses = "某医院每天要接种3000人，护士每人每天接种120人，至少需要护士(　　)";
const heads = { A: "20名", B: "25名", C: "30名", D: "40名" };

const read = (question: string, options: Record<string, string>, reply: string): string => {
  const gold = goldOf({ question, options, answer: "A" });
  return findChoice(reply.normalize("NFKC"), gold, labelsOf(gold), false).letters.join("");
};

test.each([
  [
    plan,
    cities,
    "选项A、B、C和D都可能是结果，但题目问的是主要意义。湿地能净化江水，因此，选项B是最符合题意的答案。",
    "B",
  ],
  [plan, cities, "选项A有可能，选项B也有可能。综合考虑，选项B最贴切。", "B"],
  [
    plan,
    cities,
    "选项A在一定程度上是正确的，选项C也是正确的，但不是全部。选项B综合了以上因素，因此是最全面的答案。",
    "B",
  ],
  [
    plan,
    cities,
    "老码头变成湿地，所以选项B是正确的。选项A没有提到，不能确定。选项C和D都没有关系。",
    "B",
  ],
  [
    plan,
    cities,
    "选项A与码头无关。选项C说反了。因此，这说明保护了沿江的生态环境，因为湿地能净化水质。",
    "B",
  ],
  [
    wrongPlan,
    cities,
    "A选项，交通没有变化，表述有误之处不多。B选项正确。C选项正确。所以，错误的说法是选项C。",
    "C",
  ],
  [wrongPlan, cities, "A项可以成立。B项可以成立。D项也成立。综上，只有C选项是错误的。", "C"],
  [vector, lengths, "由A到C，横坐标增加3，纵坐标增加4。\n所以，|AC| = √(9+16) = 5。", "C"],
  [
    chance,
    chances,
    "总的选法有C(6,2)=15种。\n2人都是女同学只有1种。\n所以，2人都是女同学的概率为1/15。",
    "A",
  ],
  [
    nurses,
    heads,
    "先按每人100人算要30名护士，但题目是120人。因此，我们至少要安排25名护士，才能当天完成。",
    "B",
  ],
])("a sentence that concludes decides: %#", (question, options, reply, letter) => {
  expect(read(question, options, reply)).toBe(letter);
});

test.each([
  [plan, cities, "选项A有可能，选项B也有可能。选项B不是最合适的。"],
  [plan, cities, "选项A有可能，选项B也有可能。因此，选项A和选项B都更合适。"],
  [plan, cities, "选项A有可能，选项B也有可能。如果只看环境，选项B最合适。"],
  [vector, lengths, "由A到C，横坐标增加3。\n若|AC| = 5，则纵坐标增加4。"],
])("a sentence that does not conclude decides nothing: %#", (question, options, reply) => {
  expect(read(question, options, reply)).toBe("");
});

test.each([
  ["种子贮藏要控制温度。若种子只消耗葡萄糖，下列叙述错误的是（　）\nA．甲\nB．乙", "wrong"],
  [
    "下列实验目的与材料的对应，不合理的是（　）\n材料 目的\nA大蒜根尖 观察细胞\nB蝗虫精巢 观察减数分裂\nA．A B．B C．C D．D",
    "wrong",
  ],
  ["多对果蝇交配，子代长翅与截翅之比为3：1。据此无法判断的是（　）\nA．甲\nB．乙", "not"],
  [
    "诗人说它“虽然一次次隐藏于波光水影之下，却从来没有消失，而且总是重新出现”，对此的正确理解是（　）\nA．甲\nB．乙",
    "right",
  ],
  ["若选出多个选项，请用逗号隔开。下列属于哺乳动物的是（　）\nA．甲\nB．乙", "right"],
])("the clause that asks is found: %s", (question, stem) => {
  expect(stemOf(question), askingClause(question)).toBe(stem);
});
