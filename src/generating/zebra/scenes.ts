/** A row of places and how people stand in it, in words; each relation in several wordings. */
export type Scene = {
  readonly opening: (count: number) => string;
  /** The way in which the row is read. */
  readonly order: string;
  readonly adjacent: readonly Relation[];
  readonly notAdjacent: readonly Relation[];
  /** The first stands nearer to the beginning. */
  readonly before: readonly Relation[];
  readonly justBefore: readonly Relation[];
  readonly apart: readonly ((a: string, b: string, count: number) => string)[];
  readonly between: (a: string, b: string, c: string) => string;
  readonly atEnd: (a: string) => string;
  readonly notAtEnd: (a: string) => string;
};

type Relation = (a: string, b: string) => string;

export const scenes: readonly Scene[] = [
  {
    opening: (count) => `一排 ${count} 间屋子从左到右相连，每间住着一个人`,
    order: "从左到右",
    adjacent: [
      (a, b) => `${a}和${b}住隔壁`,
      (a, b) => `${a}的隔壁住着${b}`,
      (a, b) => `${a}和${b}是紧挨着的邻居`,
    ],
    notAdjacent: [(a, b) => `${a}和${b}不住隔壁`, (a, b) => `${a}和${b}不是紧挨着的邻居`],
    before: [
      (a, b) => `${a}住在${b}的左边，不一定相邻`,
      (a, b) => `${b}住在${a}的右边，不一定相邻`,
    ],
    justBefore: [(a, b) => `${a}住在${b}的左隔壁`, (a, b) => `${b}住在${a}的右隔壁`],
    apart: [
      (a, b, count) => `${a}和${b}之间隔着 ${count} 间屋子`,
      (a, b, count) => `从${a}到${b}，中间有 ${count} 间屋子`,
    ],
    between: (a, b, c) => `${a}住在${b}和${c}之间，不一定相邻`,
    atEnd: (a) => `${a}住在最边上的屋子里`,
    notAtEnd: (a) => `${a}左右两边都有邻居`,
  },
  {
    opening: (count) => `${count} 个人从前到后排成一队，等着量血压`,
    order: "从前到后",
    adjacent: [(a, b) => `${a}和${b}前后相邻`, (a, b) => `${a}和${b}在队里紧挨着`],
    notAdjacent: [(a, b) => `${a}和${b}前后并不相邻`, (a, b) => `${a}和${b}没有紧挨着`],
    before: [(a, b) => `${a}排在${b}前面，不一定相邻`, (a, b) => `${b}排在${a}后面，不一定相邻`],
    justBefore: [(a, b) => `紧跟在${a}后面的是${b}`, (a, b) => `紧挨着排在${b}前面的是${a}`],
    apart: [
      (a, b, count) => `${a}和${b}之间隔着 ${count} 个人`,
      (a, b, count) => `从${a}到${b}，中间有 ${count} 个人`,
    ],
    between: (a, b, c) => `${a}排在${b}和${c}之间，不一定相邻`,
    atEnd: (a) => `${a}不是排头就是排尾`,
    notAtEnd: (a) => `${a}既不是排头也不是排尾`,
  },
  {
    opening: (count) => `一栋 ${count} 层的小楼，从一楼往上每层住着一个人`,
    order: "从一楼往上",
    adjacent: [(a, b) => `${a}和${b}住在上下相邻的两层`, (a, b) => `${a}和${b}是上下楼邻居`],
    notAdjacent: [(a, b) => `${a}和${b}住的楼层不相邻`, (a, b) => `${a}和${b}不是上下楼邻居`],
    before: [(a, b) => `${a}住得比${b}低，不一定相邻`, (a, b) => `${b}住得比${a}高，不一定相邻`],
    justBefore: [(a, b) => `${a}住在${b}的正下方一层`, (a, b) => `${b}住在${a}的正上方一层`],
    apart: [
      (a, b, count) => `${a}和${b}之间隔着 ${count} 层楼`,
      (a, b, count) => `从${a}到${b}，中间有 ${count} 层楼`,
    ],
    between: (a, b, c) => `${a}住的楼层在${b}和${c}之间，不一定相邻`,
    atEnd: (a) => `${a}不是住在一楼就是住在顶楼`,
    notAtEnd: (a) => `${a}楼上楼下都有人住`,
  },
  {
    opening: (count) => `${count} 个人排了班，从第 1 天到第 ${count} 天每天由一个人值班`,
    order: "从第 1 天起",
    adjacent: [(a, b) => `${a}和${b}的值班日前后相连`, (a, b) => `${a}和${b}值班只差一天`],
    notAdjacent: [(a, b) => `${a}和${b}的值班日不相连`, (a, b) => `${a}和${b}值班不止差一天`],
    before: [
      (a, b) => `${a}值班比${b}早，不一定早一天`,
      (a, b) => `${b}值班比${a}晚，不一定晚一天`,
    ],
    justBefore: [(a, b) => `${a}值班的第二天轮到${b}`, (a, b) => `${b}值班的前一天是${a}值班`],
    apart: [
      (a, b, count) => `${a}和${b}的值班日之间隔着 ${count} 天`,
      (a, b, count) => `从${a}到${b}，中间隔了 ${count} 天`,
    ],
    between: (a, b, c) => `${a}值班在${b}和${c}之间，不一定相连`,
    atEnd: (a) => `${a}值班不是第一天就是最后一天`,
    notAtEnd: (a) => `${a}值班既不在第一天也不在最后一天`,
  },
];
