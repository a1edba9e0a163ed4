/** Characters by the tone of the volume of 广韵 in which they stand (Unihan 15.0.0, kSBGY). */
export const guangyun = {
  平: "丘丛东丝乡书云亭人他依修催初前南名含啼垂城堂塘墙声天头奇妆孤宫家寒寻尘山平年幽床庭廊归情惊愁房斜新旗明春晖晴村条杨林柴桐桑桥梅梧楼槐檐残江池泉波津洲流浮涛涯添清渔游溪潮灯炊烟环痕眠秋程篱红纱翁肠舟船花芳苔英茅茶莺蓬蘋蝉西诗身边连通遮邻钟门阳阴随霜霞青音飞香高鸣鸥鸦麻",
  仄: "乱入别动北半去友古叶国塞壁夕夜客宿对寺小少屋影径待忆急惜拂掠接故断日旧早映晓晚暗暮曲月木杜染柳树此步水洗渡湿满滴火烛照牧独玉画白石碧立竹笛絮细绕绿翠老色草菊落蜡访谷路踏近远送逐道野钓锁问隔雁雨雪露驿鸟鹭",
} as const;

/** Rhyme groups of 平水韵 by the pages of 广韵 that they take up. */
export const rhymesOfPages: Readonly<Record<string, string>> = {
  七阳: "阳霜香堂廊塘妆肠航墙房床杨",
  一先: "天年泉船边蝉眠前",
  十一尤: "秋舟楼流愁游洲鸥丘",
  八庚: "声明城情晴英程莺名",
  十一真: "春人尘邻身津",
  一东: "红宫翁蓬桐丛",
  六麻: "家霞茶鸦纱",
};
