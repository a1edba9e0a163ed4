/** Words of two characters from which verses are made. */
export const pairs: readonly string[] = `
春雨 山色 江水 明月 寒夜 孤雁 长笛 归客 秋叶 残雪 清露 疏影 空谷 荒径 芳草 斜日 闲步 高树 流水 新月
沙鸟 花影 人影 霜叶 渔火 烟树 林鸟 边塞 细雨 晓月 落日 暮雨 落叶 古寺 旧梦 白雪 碧草 野渡 断雁 远树
宿雾 玉笛 翠竹 小径 夜雨 曲径 古木 冷露 晓雾 乱絮 酒客 野草 江天 山村 烟波 云山 柴门 寒灯 空山 清溪
春江 秋江 苍苔 孤灯 青山 长亭 西窗 南楼 梅花 荒村 孤村 前溪 斜晖 古村 旧山 小桥 远山 晓钟 野桥 暮云
白云 竹林 柳条 晓寒 雨丝 半山 绿苔 北窗 小窗 驿亭 秋菊 残菊 红烛 寒笛 竹屋 野菊 茅屋 残烛 修竹 霜菊
急雨 夕照 独客 白鸟 白露 竹影 石径 雪夜 客路 驿路 石壁 晚照 暮雪 古道 浅水 故国 异国 南国 江国 旧屋
老屋 渔笛 牧笛 白鹭 白石 夕雾 急雪 画烛 蜡烛 孤屋 庭竹 山竹 石桥 竹桥 笛音 烛花 菊丛 屋檐 竹篱 松风
松涛 篱花 庭槐 槐阴 桑麻 烟村 苔痕 桥头 云林 霜林 潮痕 晚潮 暮潮 江潮 春潮 雁行 塞云 夜灯 晓灯 月华
雪华 柳丝 古苔 远村 酒旗 雨晴 晓烟 旧诗 古诗 雁书 远峰 晚峰 翠峰 晴峰 孤峰 奇峰 夕阳 晚霜 故乡 月光
暗香 草堂 画廊 野塘 异乡 晓妆 断肠 斜阳 清霜 他乡 春光 幽香 池塘 归航 残妆 红墙 东墙 秋霜 寒塘 雪霜
竹房 石床 白杨 古墙 山房 寒窗 暮天 去年 晚烟 石泉 钓船 水边 少年 画船 暮蝉 杜鹃 白莲 夜眠 青天 当年
炊烟 清泉 江边 归船 秋蝉 红莲 楼前 门前 华年 晓天 渡船 竹烟 月边 雨天 秋天 南天 云烟 池莲 暮秋 小舟
画楼 水流 客愁 旧游 绿洲 白鸥 早秋 钓舟 清秋 孤舟 江楼 东流 离愁 沙鸥 芳洲 高楼 乡愁 山丘 古丘 玉楼
渔舟 春愁 竹楼 雨声 月明 古城 友情 晚晴 落英 笛声 远程 钟声 清明 山城 离情 新晴 江声 啼莺 浮名 前程
书声 晓晴 暮城 早莺 孤城 泉声 暮春 故人 路尘 旧邻 此身 阳春 诗人 红尘 东邻 孤身 芳津 早春 渡津 客人
青春 初春 行人 渔人 古津 白蘋 秋津 晚风 落红 碧空 月宫 钓翁 去鸿 断蓬 东风 残红 晴空 深宫 渔翁 归鸿
飞蓬 梧桐 暮鸿 晓风 秋风 竹丛 远空 长空 落花 酒家 晚霞 浅沙 绿茶 暮鸦 春花 人家 流霞 平沙 新茶 归鸦
天涯 水涯 野花 白沙 寒鸦 江花 窗纱
`
  .trim()
  .split(/\s+/);

/** Verbs that stand between two of them. */
export const verbs: readonly string[] = Array.from(
  "连迎穿添临含摇依随惊浮飞鸣题留寻敲催沾遮环牵垂通吟照映绕对入落动送隔满待忆别拂接湿掠逐掩锁染洗过近问访立踏惜滴",
);

/**
 * Tone classes by book: of 今音 where 通用规范汉字字典's only readings (Unihan 15.0.0, kTGHZ2013) and those of pinyin-pro are of
 * one class, of 平水韵 where that book (the table of `grading/constraints/verse`) and 广韵 (Unihan, kSBGY) have one class and
 * the same. Characters on which sources differ, or with several classes, stand only where the tone is free.
 */
export const toneClasses = {
  今音: {
    平: "丘丛东丝临乡书云亭人他依修催光初前南名吟含啼国垂城堂塘墙声夕天奇妆孤宫寒寻尘屋山峰平年幽床庭廊归急情惊惜愁房接摇敲斜新旗明春晖晴村条杨松林柴桐桑桥梅梧楼槐檐残江池沾泉波津洲流浮涛涯深添清渔游湿溪滴潮灯炊烛烟牵独环留疏痕白眠离秋程穿窗竹笛篱红纱翁肠舟航船花芳苍苔英茅茶荒莲莺菊蓬蝉西诗身迎连逐遮邻钟门闲阳阴随隔霜霞青音题飞香高鸣鸥鸦鸿鹃麻",
    仄: "乱入冷动北半去友古壁夜客宿对寺小少异影径忆掠掩故断日旧早映晓晚暗暮月木杜染柳树梦此步水洗渡满火照牧玉画碧立絮细绕绿翠老色草蜡访谷路近远送道酒野钓锁问雁雨雪雾露驿鸟鹭",
  },
  平水韵: {
    平: "丘丛东丝书云亭人他依修催初前南名含啼垂城堂塘墙声天头奇妆孤宫家寒寻尘山平年幽床廊归情惊愁房斜新旗明春晖晴村条杨林桐桑桥梅梧楼槐檐残江池泉波津洲流浮涛涯添清渔游溪潮灯炊烟环痕眠秋程篱红纱翁肠舟船芳苔英茅茶莺蓬蝉西诗身边连通遮邻钟门阳阴随霜霞青音飞香高鸣鸥鸦麻",
    仄: "乱入别动北半去友古叶国塞壁夕夜客宿对寺小少屋影径待忆急惜拂掠接故断日旧早映晓晚暮曲月木杜染柳树此步水洗渡湿满滴火烛照牧独玉画白石碧立竹笛絮细绕绿翠老色草菊落蜡访谷路踏近远送逐道野钓锁问隔雁雨雪露驿鸟鹭",
  },
} as const;

/** Characters that rhyme, by the group of 平水韵 that alone holds them, and its group in 中华新韵. */
export const rhymeGroups: readonly {
  readonly old: string;
  readonly modern: string;
  readonly characters: string;
}[] = [
  { old: "七阳", modern: "十唐", characters: "阳霜香堂廊塘妆肠航墙房床杨" },
  { old: "一先", modern: "八寒", characters: "天年泉船边蝉眠前" },
  { old: "十一尤", modern: "七尤", characters: "秋舟楼流愁游洲鸥丘" },
  { old: "八庚", modern: "十一庚", characters: "声明城情晴英程莺名" },
  { old: "十一真", modern: "九文", characters: "春人尘邻身津" },
  { old: "一东", modern: "十一庚", characters: "红宫翁蓬桐丛" },
  { old: "六麻", modern: "一麻", characters: "家霞茶鸦纱" },
];
