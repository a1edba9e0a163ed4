import { join } from "node:path";

import { expect, test } from "vitest";

import type { GoldTurn } from "../../../domain/run-file/lines.ts";

import { goldTurns } from "../../../domain/prompt.ts";
import { gradeSample } from "../../../grading/grade.ts";
import { loadGrader, parseGraderOptions } from "../../../grading/graders.ts";
import { builtinFolder } from "../../builtin.ts";
import { eachItem } from "../items.ts";
import { parseSuite } from "../suites.ts";

/*
 * Lazy and tricky replies to the shipped instruction items: half done, dodging, form without content, the right thing in the
 * wrong dress. None may pass. They were written when the items and the code stood.
 */
const tricky: Readonly<Record<string, readonly string[]>> = {
  "starter/instruction-contains/i001/0": [
    "我没有去过长城，不过听说它是世界文化遗产，别的就不知道怎么介绍了，请见谅。再见。",
    "“世界文化遗产”这六个字已经出现在这句介绍长城的话里了。",
    "长城长城长城长城，世界文化遗产，历史历史历史历史历史。",
    "请用一句话介绍长城，20 到 60 字，句中必须出现世界文化遗产这六个字。",
    "长城很长，很古老，是世界文化遗产。很值得去看。非常雄伟壮观。",
  ],
  "starter/instruction-format/i001/0": [
    "一、二、三、四",
    "1、2、3、4、5",
    "一，二，三，四，五",
    "好的：一、二、三、四、五",
    "**一、二、三、四、五**",
  ],
  "starter/instruction-format/i002/0": [
    "春风归来。",
    "“春风吹过江岸，离家的游子终于归来。”",
    "春风里，有个人离开了家。很多年之后，他终于归来。",
    "春风春风春风春风，家家家家，人人人人，归来归来。",
    "春风：写一个人离家与回家，以“归来。”结尾，归来。",
  ],
  "starter/instruction-format/i003/0": [
    '```json\n{"name": "小明", "age": 12}\n```',
    '{"name": "小明", "age": 12.5}',
    '{"name": "小明", "age": 12, "sex": "男"}',
    "{'name': '小明', 'age': 12}",
    '好的：{"name": "小明", "age": 12}',
  ],
  "language/instruction-format/i001/0": [
    "- 苹果\n- 苹果\n- 苹果",
    "以下是三种水果：\n- 苹果\n- 香蕉\n- 葡萄",
    "- 苹果\n- 香蕉\n- 葡萄\n- 西瓜",
    "* 苹果\n* 香蕉\n* 葡萄",
    "- 白菜\n- 土豆\n- 番茄",
  ],
  "language/instruction-format/i002/0": [
    "春天的花很好看啊",
    "春花春花春花春",
    "春天来了，百花开",
    "一二三四五六花",
    "春天百花开",
  ],
  "language/instruction-format/i003/0": ["一周有【7】天", "【 】", "【七】", "[7]", "【7】天"],
  "language/instruction-format/i004/0": [
    "山水山水山\n水山水山水",
    "山高云雾深 水远客舟轻",
    "山山高云深\n水水远舟轻",
    "山一二三四\n水一二三四",
  ],
  "language/instruction-format/i005/0": [
    "一帆风顺\n帆风顺一\n风顺一帆\n顺一帆风",
    "一江春水东，\n帆影入云低。\n风起船行远，\n顺流到海西，\n一路平安。",
    "一江春水绿\n帆影入云高\n风起船行远\n顺流到海西",
    "《江上》\n一江春水绿，\n帆影入云低。\n风起船行远，\n顺流到海西。",
  ],
  "language/instruction-format/i006/0": [
    "姓名：林晓,城市：杭州,年龄：30",
    "林晓,杭州,三十",
    "```\n林晓,杭州,30\n```",
  ],
  "language/instruction-format/i007/0": [
    "东西南北",
    '["东","南","西"]',
    '{"0":"东","1":"南","2":"西","3":"北"}',
  ],
  "language/instruction-words/i001/0": [
    "炊烟，石桥，村，河，炊烟，石桥，村，河，炊烟，石桥，村，河，炊烟，石桥，村，河，炊烟，石桥，村，河。村。",
    "我的故乡有炊烟和石桥。",
    "请写一段介绍故乡的话，40 到 120 字，分成两到四句，其中必须出现“炊烟”和“石桥”两个词。好的，故乡的村子。",
    "作为一个语言模型，我没有真正的故乡，所以不能写炊烟和石桥。如果您愿意，可以把您家乡的村子和小河告诉我，我再试着替您写一段。",
  ],
  "language/instruction-words/i002/0": [
    "因为水资源有限，所以不能浪费，要节约用水，人人都应该从自己做起。",
    "水资源少。节约。",
    "水资源水资源水资源水资源有限有限有限有限节约节约。",
  ],
  "language/instruction-words/i003/0": [
    "祝福老师桃李满天下，愿您身体健康，万事如意！",
    "桃李。",
    "祝您祝您祝您祝您，桃李桃李桃李桃李。",
  ],
  "language/instruction-words/i004/0": [
    "月亮像一个银盘，高高地挂在夜空，洒下清辉。",
    "银盘。",
    "银盘银盘，夜夜夜夜，天天天天，光光光光，亮亮亮亮。",
  ],
  "language/instruction-words/i005/0": [
    "周五下午三点，二号会议室，开会。",
    "请大家周五下午三点到二号会议室参加例会，讨论下月工作，准时出席",
    "周五下午三点，请到一号会议室参加工作例会，务必准时出席，不得缺席。特此通知。",
  ],
  "dialogue/keep-format/i001/0": ["太阳", "日。", "星"],
  "dialogue/keep-format/i001/1": ["雪花", "雨"],
  "dialogue/keep-format/i002/0": ["《红楼梦》是曹雪芹写的", "《西游记》"],
  "dialogue/keep-format/i003/1": ["28天", "二十八"],
  "dialogue/keep-format/i004/0": ["回长官：我不知道。", "北京，回长官。", "回长官：南京。"],
  "office/meeting-format/i001/0": [
    "租约续签，周岚，6月30日",
    "租约续签|周岚|6月30号",
    "租约续签|周岚",
  ],
  "office/meeting-format/i002/0": [
    "一、复工时间安排\n二、复工时间安排\n三、复工时间安排",
    "节后复工通知\n一、复工时间安排\n二、安全检查要求\n三、值班与联系方式",
    "1、复工时间安排\n2、安全检查要求\n3、值班与联系方式",
  ],
  "office/meeting-format/i003/0": [
    '{"room": 3, "start": "14:00", "day": "周四"}',
    "room: 3, start: 14:00",
  ],
  "office/meeting-format/i004/0": [
    "【催办】尽快",
    "【催办】请尽快提交二季度工作报表",
    "催办：请各部门尽快提交三季度报表",
    "【催办】请各部门尽快提交三季度报表！\n谢谢大家",
  ],
};

const turns = await shippedTurns();

test.each(
  Object.entries(tricky).flatMap(([id, replies]) => replies.map((reply) => [id, reply] as const)),
)("%s: %j does not pass", async (id, reply) => {
  const turn = turns.get(id);
  if (turn === undefined) throw new Error(`no item ${id}`);
  expect(await verdictOn(turn, reply)).not.toBe("right");
});

test("every instruction item has a witness that passes, and tricky replies", async () => {
  const untried = [...turns].filter(
    ([id]) => !Object.keys(tricky).some((each) => each.slice(0, -2) === id.slice(0, -2)),
  );
  expect(untried.map(([id]) => id)).toEqual([]);
  for (const [id, turn] of turns)
    expect([id, await verdictOn(turn, turn.witness ?? "")]).toEqual([id, "right"]);
});

async function verdictOn(turn: GoldTurn, reply: string): Promise<string> {
  const grader = await loadGrader("constraints");
  if (grader === null) throw new Error("no grader");
  const options = parseGraderOptions(grader, turn.grader?.with);
  return (await gradeSample(grader, options, { gold: turn, reply, finish_reason: "stop" })).verdict;
}

/** Turns that the grader of constraints grades, by suite, task, item and number. */
async function shippedTurns(): Promise<ReadonlyMap<string, GoldTurn>> {
  const found = new Map<string, GoldTurn>();
  for (const name of ["starter", "language", "dialogue", "office"]) {
    const suite = await parseSuite(join(builtinFolder("suites"), `${name}.yaml`));
    for (const task of suite.suite.tasks) {
      for await (const { item } of eachItem(suite, task))
        for (const [index, turn] of goldTurns(task, item).entries())
          if (turn.grader?.use === "constraints")
            found.set(`${name}/${task.id}/${item.id}/${index}`, turn);
    }
  }
  return found;
}
