/** Names of invented people. */
export const people: readonly string[] = [
  "李雷",
  "韩梅梅",
  "王芳",
  "赵强",
  "陈静",
  "周敏",
  "孙浩",
  "吴倩",
  "郑凯",
  "冯雪",
  "何伟",
  "蒋琳",
];
