"""Names in other scripts in Latin letters, near enough to be compared: tables, no dictionary.

Han signs are read as in Chinese, and only those that names are made of; a name with a sign that is
not here stays as it is.
"""

from __future__ import annotations

import re
from typing import Final

_CYRILLIC: Final = {
    **dict(zip("абвгдезийклмнопрстуф", "abvgdeziyklmnoprstuf", strict=True)),
    "ж": "zh",
    "х": "kh",  # noqa: RUF001 - Cyrillic
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ы": "y",
    "ь": "",
    "э": "e",
    "ю": "yu",
    "я": "ya",
    "і": "i",  # noqa: RUF001 - Cyrillic
    "ї": "yi",
    "є": "ye",
    "ґ": "g",
    "ў": "u",
    "ђ": "dj",
    "ј": "j",  # noqa: RUF001 - Cyrillic
    "љ": "lj",
    "њ": "nj",
    "ћ": "c",
    "џ": "dz",
}
_GREEK: Final = {
    **dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)),
    "θ": "th",
    "χ": "ch",
    "ψ": "ps",
}
_LEADS: Final = "g kk n d tt r m b pp s ss . j jj ch k t p h".replace(".", "").split(" ")
_VOWELS: Final = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_TAILS: Final = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
_FIRST_HANGUL, _LAST_HANGUL = 0xAC00, 0xD7A3
_READINGS: Final = """
ai:艾爱愛 an:安 ao:敖 ba:巴 bai:白柏百 ban:班 bao:包鲍鮑宝寶保 bei:贝貝蓓北 ben:本 bi:毕畢碧
biao:彪 bin:斌彬宾賓 bing:冰兵炳秉 bo:波博伯柏勃 bu:卜布 cai:蔡才财財彩 cao:曹 cen:岑 chai:柴
chan:婵 chang:常昌长長畅 chao:超朝潮 chen:陈陳晨辰臣 cheng:程成诚誠承城澄 chi:池驰 chong:冲崇
chu:楚褚初 chuan:川传 chun:春纯純淳 ci:慈 cong:聪聰丛 cui:崔翠 da:大达達 dai:戴代 dan:丹旦
dang:党 dao:道 de:德 deng:邓鄧登 di:迪狄 dian:典 die:蝶 ding:丁定 dong:董东東冬栋棟 dou:窦 du:杜
duan:段端 e:娥 en:恩 er:尔 fan:范範凡帆樊 fang:方芳房 fei:飞飛菲费費 fen:芬
feng:冯馮峰锋鋒丰豐风風凤鳳枫封 fu:傅付福富夫符甫 gan:甘 gang:刚剛钢鋼岗 gao:高 ge:葛歌戈 gen:根
geng:耿 gong:龚龔宫宮 gu:顾顧古谷 guan:关關管冠 guang:光广廣 gui:桂贵貴 guo:郭国國果 hai:海
han:韩韓涵汉漢寒晗 hang:航杭 hao:郝浩昊豪皓好 he:何贺賀和河荷赫 hong:洪红紅宏虹鸿鴻弘 hou:侯
hu:胡虎湖 hua:华華花桦 huai:怀 huan:欢歡焕环 huang:黄黃煌 hui:惠慧辉輝会晖卉 huo:霍
ji:季吉纪紀继繼姬冀济 jia:贾賈佳嘉家加 jian:建健剑劍坚堅简簡 jiang:江姜蒋蔣 jiao:焦娇嬌
jie:杰傑洁潔捷婕 jin:金进進晋锦錦津靳瑾 jing:静靜晶敬京景婧靖菁 jiu:久 ju:菊 juan:娟
jun:军軍君俊钧 kai:凯凱开開恺 kang:康 ke:柯可科克 kong:孔 kuan:宽 kun:坤昆 lai:赖賴来來
lan:兰蘭岚蓝藍 lang:郎朗 lao:劳 lei:雷磊蕾 leng:冷 li:李黎丽麗莉力立利理礼禮厉 lian:连连莲蓮廉
liang:梁良亮 liao:廖 lin:林琳霖临麟 ling:凌玲灵靈铃岭 liu:刘劉柳 long:龙龍隆 lou:娄
lu:卢盧陆陸鲁魯路露鹿璐 lv:吕呂绿 luan:栾 lun:伦 luo:罗羅洛骆駱 ma:马馬 man:曼满 mao:毛茂
mei:梅美媚玫 meng:孟梦夢蒙萌 mi:米 miao:苗妙 min:敏民闵旻 ming:明鸣鳴铭 mo:莫墨 mu:穆木慕
na:娜那 nan:南楠男 ni:倪妮 nian:年 ning:宁寧 niu:牛 ou:欧歐 pan:潘盘 pang:庞龐 pei:裴佩培沛
peng:彭鹏鵬朋 pi:皮 pin:品 ping:平萍 pu:蒲朴普 qi:齐齊戚琪琦奇启祺 qian:钱錢倩千谦 qiang:强強
qiao:乔喬巧俏 qin:秦勤琴钦 qing:青清庆慶晴卿 qiong:琼瓊 qiu:邱秋丘裘 qu:曲屈瞿 quan:全权權泉
qun:群 ran:冉然 rao:饶 ren:任仁 rong:荣榮容蓉融戎 ru:茹如儒 rui:瑞睿锐蕊芮 run:润 ruo:若 sa:萨
sen:森 sha:沙莎 shan:山珊善单單 shang:尚 shao:邵少绍 shen:沈申慎深 sheng:盛胜勝生圣升晟
shi:石史施时時诗师世士仕 shou:寿 shu:舒淑书書树 shuai:帅 shuang:双爽雙 shui:水 shun:顺順舜
shuo:硕 si:思司斯 song:宋松嵩 su:苏蘇素 sui:隋 sun:孙孫 suo:索 tai:泰太 tan:谭譚谈坛
tang:唐汤湯棠 tao:陶涛濤桃 teng:滕腾騰 tian:田天甜 tie:铁鐵 ting:婷亭廷庭 tong:童佟彤通桐
tu:涂屠 wan:万萬婉 wang:王汪旺望 wei:魏韦韋卫衛伟偉威维維巍薇为玮炜 wen:温溫文闻雯 weng:翁
wu:吴吳武伍邬巫五 xi:席希喜西溪曦熙锡 xia:夏霞侠 xian:先贤賢仙 xiang:向项項香祥翔湘相
xiao:萧蕭肖晓曉小笑潇孝 xie:谢謝解 xin:辛新欣鑫心馨昕信 xing:邢兴興星幸杏 xiong:熊雄 xiu:秀修
xu:徐许許旭续胥 xuan:宣轩軒萱璇玄 xue:薛雪学學 xun:荀迅勋 ya:亚亞雅娅
yan:严嚴颜顏燕艳艷闫阎延彦岩妍言 yang:杨楊阳陽洋扬羊 yao:姚瑶瑤耀尧 ye:叶葉业業晔
yi:易伊怡艺一义義益毅宜奕逸仪 yin:尹殷银銀音 ying:应應英颖穎莹瑩盈映影 yong:永勇雍咏
you:尤游友有 yu:于余俞玉宇雨郁喻瑜育裕昱禹 yuan:袁元原远遠媛园圆苑 yue:岳月悦悅越 yun:云雲芸韵
zeng:曾 ze:泽澤 zhai:翟 zhan:詹湛占 zhang:张張章彰 zhao:赵趙昭照兆 zhe:哲 zhen:甄真珍振镇贞震
zheng:郑鄭正政征铮 zhi:志智之芝治直 zhong:钟鍾仲中忠 zhou:周舟洲 zhu:朱祝竹珠诸 zhuang:庄莊壮
zhuo:卓 zi:子紫资梓 zong:宗 zou:邹鄒 zu:祖 zuo:左佐 cheng:呈 chui:垂 ke:珂 ning:凝 yi:忆 xuan:瑄
"""


def _han() -> dict[str, str]:
    readings: dict[str, str] = {}
    for entry in _READINGS.split():
        reading, _, signs = entry.partition(":")
        readings |= {sign: reading for sign in signs if sign not in readings}
    return readings


_HAN: Final = _han()
_ANY_HAN: Final = re.compile("[\u3400-\u9fff]")
_LETTERS: Final = {**_CYRILLIC, **_GREEK}


def latin(text: str) -> str:
    """A folded text with Cyrillic, Greek, Hangul and the Han signs of names written out."""
    if text.isascii():
        return text
    found = "".join(map(_sign, text))
    # Half a reading is worse than none: such a name is Japanese, or rare.
    return text if _ANY_HAN.search(found) else found


def _sign(sign: str) -> str:
    code = ord(sign)
    if _FIRST_HANGUL <= code <= _LAST_HANGUL:
        rest, tail = divmod(code - _FIRST_HANGUL, len(_TAILS))
        lead, vowel = divmod(rest, len(_VOWELS))
        return _LEADS[lead] + _VOWELS[vowel] + _TAILS[tail]
    return _LETTERS.get(sign) or _HAN.get(sign) or ("" if sign in _LETTERS else sign)
