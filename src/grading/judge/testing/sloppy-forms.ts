/**
 * Verdicts as judges really end their replies. `@` stands for the verdict mark 【判定 code】 and `#` for the code alone. Every
 * readable form says the same: marks 切题 4 and 文采 3 of five; the first of three points kept, the second not, the third
 * kept; 甲 better. The doubtful ones say two things, or nothing that is certain.
 */
export type SloppyForm = { readonly name: string; readonly text: string };
export type FormMode = "marks" | "checklist" | "pair";
export type SloppyForms = Readonly<
  Record<
    FormMode,
    { readonly readable: readonly SloppyForm[]; readonly doubtful: readonly SloppyForm[] }
  >
>;

const forms = (rows: readonly (readonly [string, string])[]): readonly SloppyForm[] =>
  rows.map(([name, text]) => ({ name, text }));

/** Forms of the kinds in which a real judge departed from the line that it was asked for: 43 readable, 15 doubtful. */
export const observedKinds: SloppyForms = {
  marks: {
    readable: forms([
      ["as asked", '题目要求都做到了。\n@{"切题": 4, "文采": 3}'],
      ["numbers as texts", '尚可。\n@{"切题": "4", "文采": "3"}'],
      ["in a code block", '尚可。\n@\n```json\n{"切题": 4, "文采": 3}\n```'],
      ["bold", '尚可。\n**@{"切题": 4, "文采": 3}**'],
      ["over several lines", '尚可。\n@{\n  "切题": 4,\n  "文采": 3\n}'],
      ["after thinking", '<think>给 4 和 3 吧</think>尚可。\n@{"切题": 4, "文采": 3}'],
      ["no reason", '@{"切题": 4, "文采": 3}'],
      ["blank lines after it", '尚可。\n@ {"切题": 4, "文采": 3}\n\n\n'],
      ["a full stop after it", '尚可。\n@{"切题": 4, "文采": 3}。'],
      ["a sentence after it", '尚可。\n@{"切题": 4, "文采": 3}\n以上就是我的评判。'],
      ["curly quotes", "尚可。\n@{“切题”: 4, “文采”: 3}"],
      ["full-width colon and comma", '尚可。\n@{"切题"：4，"文采"：3}'],
      ["full-width braces and digits", '尚可。\n@｛"切题"：４，"文采"：３｝'],
      ["unit", '尚可。\n@{"切题": 4分, "文采": 3分}'],
      ["unit within quotes", '尚可。\n@{"切题": "4分", "文采": "3 分"}'],
      ["out of five", '尚可。\n@{"切题": 4/5, "文采": 3/5}'],
      ["out of five within quotes", '尚可。\n@{"切题": "4/5", "文采": "3/5"}'],
      ["trailing comma", '尚可。\n@{"切题": 4, "文采": 3,}'],
      ["single quotes", "尚可。\n@{'切题': 4, '文采': 3}"],
      ["no blank before the code", '尚可。\n【判定#】{"切题": 4, "文采": 3}'],
      ["no-break spaces", '尚可。\n【判定\u00a0#】\u00a0{"切题":\u00a04, "文采":\u00a03}'],
      ["end token of Llama", '尚可。\n@{"切题": 4, "文采": 3}</s>'],
      ["end token of Qwen", '尚可。\n@{"切题": 4, "文采": 3}<|im_end|>'],
      ["zero-width space", '尚可。\n@\u200b{"切题": 4,\u200b "文采": 3}\u200b'],
      ["a rule after it", '尚可。\n@{"切题": 4, "文采": 3}\n---'],
      ["traditional keys", '尚可。\n@{"切題": 4, "文采": 3}'],
      ["an added reason", '尚可。\n@{"切题": 4, "文采": 3, "理由": "有两处空泛"}'],
    ]),
    doubtful: forms([
      ["no line", "切题 4 分，文采 3 分。"],
      ["another code", '尚可。\n【判定 0123456789】{"切题": 4, "文采": 3}'],
      ["off the scale", '尚可。\n@{"切题": 8, "文采": 3}'],
      ["half a mark", '尚可。\n@{"切题": 4.5, "文采": 3}'],
      ["one is missing", '尚可。\n@{"切题": 4}'],
      ["another criterion", '尚可。\n@{"切题": 4, "文采": 3, "结构": 4}'],
      ["taken back", '尚可。\n@{"切题": 4, "文采": 3}\n更正：文采应为 2 分。'],
      ["two lines that differ", '@{"切题": 4, "文采": 3}\n再想想。\n@{"切题": 2, "文采": 3}'],
      ["a key twice", '尚可。\n@{"切题": 4, "切题": 2, "文采": 3}'],
    ]),
  },
  checklist: {
    readable: forms([
      ["as asked", '逐条看过。\n@{"1": "是", "2": "否", "3": "是"}'],
      ["true and false", '逐条看过。\n@{"1": true, "2": false, "3": true}'],
      ["full stops in the values", '逐条看过。\n@{"1": "是。", "2": "否。", "3": "是。"}'],
      ["one and zero", '逐条看过。\n@{"1": 1, "2": 0, "3": 1}'],
      ["English", '逐条看过。\n@{"1": "Yes", "2": "No", "3": "Yes"}'],
      ["keys without quotes", "逐条看过。\n@{1: 是, 2: 否, 3: 是}"],
    ]),
    doubtful: forms([
      ["a point is missing", '@{"1": "是", "2": "否"}'],
      ["in part", '@{"1": "是", "2": "部分做到", "3": "是"}'],
    ]),
  },
  pair: {
    readable: forms([
      ["as asked", '甲更完整。\n@{"胜者": "甲"}'],
      ["in a code block", '甲更完整。\n@\n```\n{"胜者": "甲"}\n```'],
      ["a sentence as value", '甲更完整。\n@{"胜者": "甲更好"}'],
      ["with its noun", '甲更完整。\n@{"胜者": "甲的回答"}'],
      ["full stop in the value", '甲更完整。\n@{"胜者": "甲。"}'],
      ["traditional key", '甲更完整。\n@{"勝者": "甲"}'],
      ["curly quotes", "甲更完整。\n@{“胜者”：“甲”}"],
      ["an added reason", '甲更完整。\n@{"胜者": "甲", "理由": "步骤齐全"}'],
      ["without quotes", "甲更完整。\n@{胜者: 甲}"],
      ["a sentence after it", '甲更完整。\n@{"胜者": "甲"}\n评判完毕。'],
    ]),
    doubtful: forms([
      ["either", '@{"胜者": "甲或乙"}'],
      ["the form itself", '@{"胜者": "<甲/乙/平>"}'],
      ["two winners", '@{"胜者": "甲", "胜者": "乙"}'],
      ["taken back", '@{"胜者": "甲"}\n不过细看之下，乙更好。'],
    ]),
  },
};

/** Further forms, written before the reader was: 45 readable, 15 doubtful. */
export const furtherForms: SloppyForms = {
  marks: {
    readable: forms([
      ["line twice, the same", '@{"切题": 4, "文采": 3}\n@{"切题": 4, "文采": 3}'],
      ["the mark is mentioned before", '我会用 @ 开头的一行给出结论。\n@{"切题": 4, "文采": 3}'],
      [
        "the form is repeated before",
        '格式：@{"切题": <1-5>, "文采": <1-5>}\n@{"切题": 4, "文采": 3}',
      ],
      ["square brackets", '尚可。\n[判定 #] {"切题": 4, "文采": 3}'],
      ["colon after the mark", '尚可。\n@：{"切题": 4, "文采": 3}'],
      ["bold mark alone", '尚可。\n**@** {"切题": 4, "文采": 3}'],
      ["inline code", '尚可。\n@`{"切题": 4, "文采": 3}`'],
      ["quoted line", '尚可。\n> @{"切题": 4, "文采": 3}'],
      ["heading", '尚可。\n### @\n{"切题": 4, "文采": 3}'],
      ["decimal zero", '尚可。\n@{"切题": 4.0, "文采": 3.0}'],
      ["Chinese numerals", '尚可。\n@{"切题": "四", "文采": "三"}'],
      ["Chinese numerals with unit", '尚可。\n@{"切题": "四分", "文采": "三分"}'],
      ["full marks named", '尚可。\n@{"切题": "4（满分5）", "文采": "3（满分5）"}'],
      ["a word after the mark", '尚可。\n@{"切题": "4（较好）", "文采": "3（一般）"}'],
      ["keys without quotes", "尚可。\n@{切题: 4, 文采: 3}"],
      ["no braces", "尚可。\n@切题：4，文采：3"],
      ["no braces, by lines", "尚可。\n@\n- 切题：4 分\n- 文采：3 分"],
      ["semicolon", '尚可。\n@{"切题": 4; "文采": 3}'],
      ["enumeration comma", "尚可。\n@{切题：4、文采：3}"],
      ["equals sign", "尚可。\n@{切题=4, 文采=3}"],
      ["key with a noun", '尚可。\n@{"切题得分": 4, "文采得分": 3}'],
      ["other order", '尚可。\n@{"文采": 3, "切题": 4}'],
      [
        "nested with reasons",
        '@{"切题": {"分数": 4, "理由": "齐全"}, "文采": {"分数": 3, "理由": "平"}}',
      ],
      ["wrapped", '尚可。\n@{"评分": {"切题": 4, "文采": 3}}'],
      ["in a list", '尚可。\n@[{"切题": 4, "文采": 3}]'],
      ["comment", '尚可。\n@{"切题": 4, // 都写到了\n"文采": 3}'],
      ["wide blank", '尚可。\n@\u3000{"切题":\u30004,\u3000"文采":\u30003}'],
      ["byte order mark and direction mark", '\ufeff尚可。\n@{"切题": 4, "文采": 3}\u200e'],
      ["end token of DeepSeek", '尚可。\n@{"切题": 4, "文采": 3}<｜end▁of▁sentence｜>'],
      ["end token of GLM", '尚可。\n@{"切题": 4, "文采": 3}<|endoftext|>'],
      ["whole reply is JSON with the code", '{"编号": "#", "理由": "尚可", "切题": 4, "文采": 3}'],
      ["JSON in a block with the code", '```json\n{"编号": "#", "切题": 4, "文采": 3}\n```'],
      ["carriage returns", '尚可。\r\n@{"切题": 4,\r\n"文采": 3}\r\n'],
    ]),
    doubtful: forms([
      ["one mark or another", '@{"切题": "4或5", "文采": 3}'],
      ["a range", '@{"切题": "3-4", "文采": 3}'],
      ["out of ten", '@{"切题": "4/10", "文采": 3}'],
      ["JSON with another code", '{"编号": "0123456789", "切题": 4, "文采": 3}'],
      ["a bonus after it", '@{"切题": 4, "文采": 3}\n另外文采再加一分。'],
      ["full marks after it", '@{"切题": 4, "文采": 3}\n重新考虑后给满分。'],
      ["null", '@{"切题": null, "文采": 3}'],
      ["the same key in both scripts", '@{"切题": 4, "切題": 5, "文采": 3}'],
      ["cut off", '尚可。\n@{"切题": 4, "文采'],
    ]),
  },
  checklist: {
    readable: forms([
      ["ticks", '@{"1": "✓", "2": "✗", "3": "✓"}'],
      ["kept or not", '@{"1": "做到", "2": "未做到", "3": "做到"}'],
      ["point by point", "@\n1. 是\n2. 否\n3. 是"],
      ["numbered keys", '@{"第1条": "是", "第2条": "否", "第3条": "是"}'],
      ["with evidence", '@{"1": "是（“首行”）", "2": "否（没有写到）", "3": "是"}'],
    ]),
    doubtful: forms([
      ["roughly", '@{"1": "基本是", "2": "否", "3": "是"}'],
      ["both", '@{"1": "是/否", "2": "否", "3": "是"}'],
      ["a point twice", '@{"1": "是", "第1条": "否", "2": "否", "3": "是"}'],
    ]),
  },
  pair: {
    readable: forms([
      ["bare word", "甲更完整。\n@甲"],
      ["bare sentence", "甲更完整。\n@甲更好。"],
      ["greater than", '@{"胜者": "甲>乙"}'],
      ["another key", '@{"结果": "甲胜"}'],
      ["with the reason in brackets", '@{"胜者": "甲（步骤齐全）"}'],
      ["English key", '@{"winner": "甲"}'],
      ["whole reply is JSON with the code", '{"编号": "#", "理由": "步骤齐全", "胜者": "甲"}'],
    ]),
    doubtful: forms([
      ["Latin letters", '@{"胜者": "A"}'],
      ["both keys", '@{"胜者": "甲", "结果": "乙"}'],
      ["two lines that differ", '@{"胜者": "甲"}\n@{"胜者": "平"}'],
    ]),
  },
};
