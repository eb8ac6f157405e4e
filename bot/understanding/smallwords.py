"""Ordinary words that stand around the name of a place, or are typed where one is asked for.

Each word is written as in its language; spellings without native letters meet in the skeleton.
"""

import re
from typing import Final, Literal

from bot.understanding.normalise import words
from bot.understanding.spelling import plain

Role = Literal[
    "before", "around", "country", "other", "double", "reply", "abroad", "street", "of_street"
]
"""What a word does beside a place name.

before: it stands before a name, as "in" does, and never begins one; around: it says no more than
that a place is named, as in "I live in Osh"; country: one of our four countries; other: it is about
something else, as in "help me"; double: it is an ordinary word and the name of places too, and
means a place only when nothing else is said; reply: the same, and it answers other questions too;
abroad: a city or country that is not one of ours; street: the word behind it names a street or a
part of a town; of_street: the word before it does.
"""

_HUSHED: Final = re.compile("sh|[шщş]")

_BEFORE: Final = """
    в во из изо с со у на от до под около возле близ рядом недалеко к по не и из-под
    дар аз ба назди наздики наздик
"""

_ENGLISH: Final = """
    i im am we me my our the a in at on of to from near by live living stay staying are is was here
    now around located and or just
"""

_AROUND: Final = """
    я мы мне нам мой моя моё наш наша это вот здесь тут там сейчас родом живу живем живём жить проживаю нахожусь находимся
    приехала приехал мой родной сам сама самом или но только центр центре окраина
    сельский сельское сельского городской республиканский
    мен біз маған менің біздің тұрамын тұрамыз тұрам тұрып тұратын жатырмын жүрмін боламын жанында
    жанындағы маңында маңы қазір осы осында мында мұнда ішінде және ауылдық қалалық
    биз мага менин биздин жашайм жашайбыз жашап турам турабыз турган жүрөм жатам болом азыр ушул
    бул жерде жана айылдык шаардык өкмөтү чет
    biz meni mening bizning yashayman yashaymiz yashab yashovchi turaman turamiz turibman istiqomat
    qilaman qilamiz hozir bu yerda yaqinida yonida yaqin va dan dagi boʻlaman boʻlamiz
    ман мо манам зиндагӣ мекунам мекунем мезиям истам истода ҳозир
    ҳастам мебошам истиқомат зист ин ҷо ҷойи ва кунун сокини
"""

_COUNTRIES: Final = """
    казахстан казахстана казахстане қазақстан қазақстанда kazakhstan qozogʻiston қазоқистон рк kz
    кыргызстан кыргызстана кыргызстане киргизия киргизии кыргызстанда kyrgyzstan qirgʻiziston кр kg
    таджикистан таджикистана таджикистане тоҷикистон тоҷикистонда tajikistan tojikiston рт tj
    узбекистан узбекистана узбекистане ўзбекистон ўзбекистонда uzbekistan oʻzbekiston ру uz
"""

_OTHER: Final = """
    да нет ага угу неа ок окей хорошо ладно понятно спасибо пожалуйста привет приветик здравствуйте
    здравствуй салам салом здрасте добрый день вечер утро доброе пока досвидания извините простите
    помогите помоги помочь помощь поможет поддержка нужен нужна нужно нужны надо хочу хотим можно
    срочно быстро скорая скорую врач врача доктор больница больницу поликлиника аптека полиция
    полицию милиция милицию участковый юрист юриста адвокат адвоката психолог психолога кризисный
    убежище приют телефон номер адрес деньги денег документы паспорт суд развод
    алименты заявление работа работы дом дома домой домашнее домашний семья семье муж мужа мужем
    жена жены бывший парень брат отец отчим мать мама маме папа свекровь сын дочь дети детей ребенок
    ребёнок подруга друг сосед бьет бьёт бил била избил ударил угрожает кричит боюсь страшно больно
    плохо насилие изнасиловал убьет убить умереть что как кто где когда почему какой какая сколько
    куда есть был была было будет меня тебя его её ее он она они вы ты себя сегодня завтра вчера
    никто ничего нигде никуда везде дальше назад меню стоп выход начать старт отмена пропустить
    неважно другой другое другая забыл забыла знаю скажу хочется человек люди женщина девушка
    yes no yeah ok okay hi hello hey thanks thank you please sorry bye help need want urgent
    doctor hospital police lawyer shelter psychologist phone number address money work home house
    husband wife mother father brother son daughter child children friend hits beats hit beat afraid
    scared violence what how who where when why which can could will do not nothing nowhere anywhere
    menu back stop start cancel skip other know tell say safe danger him her he she they it
    иә ия жоқ жарайды рақмет рахмет сәлем сәлеметсіз салем  ассалаумағалейкум көмек
    көмектесіңіз көмектесіңіздер көмектесші комек керек қажет тез жедел дәрігер аурухана ауруханаға
    полицияға заңгер адвокатқа психологқа баспана телефоны нөмір мекенжай ақша жұмыс үй үйде үйге
    күйеу күйеуім күйеуімнің жұбайым ене енем әке әкем шеше анам ана бала балам балалар қыз ұл аға
    ұрады ұрды қорқамын қорқып өлтіреді өлгім зорлық не қалай қайда қашан неге қанша
    бар бол болды емес сен сіз ол олар бүгін ертең кеше бас мәзір артқа тоқта білмеймін айта
    ооба макул рахмат саламатсызбы саламатчылык жардам жардамдашкыла жардамдашыңыз бериңиз
    дарыгер оорукана милицияга юристке башпаана номери дарек акча жумуш үйдө күйөө күйөөм жолдошум
    кайнене кайненем ата атам апам эне энем балдар кыз уул эже байке урат урду уруп коркуп коркуп
    өлтүрөт өлгүм зордук эмне кандай кайда качан эмнеге канча бер эмес сиз алар бүгүн эртең кечээ
    кийинки артка токто билбейм
    ha yoʻq xop mayli rahmat raxmat assalomu alaykum salom yordam kerak bering tez shoshilinch
    shifokor doktor kasalxona politsiya militsiyaga huquqshunos boshpana raqam manzil pul ish ishda uy
    uyda uyga er erim turmush oʻrtogʻim xotin qaynona qaynonam ota otam ona onam bola bolam bolalar
    qiz oʻgʻil aka akam opa singil uka urdi uradi uryapti qoʻrqaman oʻldiradi oʻlgim zoʻravonlik nima
    qanday qayerda qachon nega qancha bor emas siz ular bugun ertaga kecha bosh orqaga toʻxta
    bilmayman
    ҳа бале не рӯз хуб майлаш раҳмат ташаккур ассалом алейкум кӯмак ёрӣ ёрирасон даркор лозим зуд духтур
    беморхона милитсия ҳуқуқшинос паноҳгоҳ рақам суроға пул кор хона хонаам шавҳар шавҳарам зан занам
    хушдоман хушдоманам падар падарам модар модарам кӯдак кӯдакон духтар писар бародар хоҳар мезанад
    зад метарсам мекушад зӯроварӣ чӣ чи чӣтӯр кӣ кай куҷо барои чаро чанд ҳаст нест шумо онҳо имрӯз
    фардо дирӯз меню қафо бас намедонам дигар
    русский казахский қазақ казах кыргыз кыргызский узбек узбекский oʻzbek таджик таджикский тоҷик
    tajik kyrgyz kazakh uzbek english russian английский орысша русча ruscha қазақша кыргызча
    кимге кимга кімге kimga may more again away shown why yet still анықтама
    келген болсын жүрген алған жатыр қоңырау qoʻngʻiroq сақтау сактоо коргоо қорғау калган
    имтиҳон imtihon ошхона oshxona русская шуда дошта sahifa вам вас кийин кейін keyin
    soxta сохта
    тест test тестовый проба алло ау эй блин круто лол норм пожар
"""

_DOUBLE: Final = """
    мир победа дружба достук достық дўстлик дӯстӣ доʻстлик дустлик надежда свобода бостандық бостандык
    азаттык озодлик озодӣ эркин еркін эркиндик еркіндік кеңеш кеңес кенеш совет ынтымак ынтымақ бирлик
    бірлік birlik береке baraka арай нур нұр nur таң рассвет заря гүлстан мектеп жол йўл йоʻл базар
    bozor бозор bazar сай тау тоо көл кӯл арал булак бұлақ bulak жер орман лес озеро река гора мост
    сад красный новый новая нового старый большой центральный северный южный восток запад алтын олтин
    темир темір кызыл қызыл qizil ак ақ oq қара кара qora жаңы жаңа янги yangi нав кӯҳна ески эски
    жетыген коммунизм октябрь май жайлоо ферма колхоз завод школа чай дача лагерь победы
    нишон ҷумъа жума juma тобол пахтакор paxtakor навбаҳор бовар ойим oyim есік
    эшик eshik марказ markaz маркази азат или түн төн аксия қарсы сабо ойимни oyimni
    үш максат мақсат
    истиқлол истиклол ваҳдат вахдат ҳаёт хаёт умед умид umid меҳнат mehnat mustaqillik
"""

_REPLY: Final = """
    жақсы жакшы кім ким kim шу shu алга алға аст там шара
"""

_ABROAD: Final = """
    москва москве москвы moscow moskva россия россии рф russia rossiya петербург питер санкт
    екатеринбург новосибирск казань самара омск томск уфа челябинск краснодар сочи киев киеве kiev
    kyiv минск минске minsk украина беларусь анкара ankara стамбул стамбуле istanbul турция турции
    turkey turkiya түркия дубай dubai эмираты пекин beijing китай china хитой кытай қытай урумчи
    кабул kabul кобул афганистан afghanistan тегеран tehran теҳрон иран iran дели delhi
    индия india токио tokyo япония сеул seoul корея korea лондон london англия париж paris
    франция france берлин berlin германия germany польша варшава warsaw рим rome roma италия мадрид
    вашингтон washington америка america сша usa ньюйорк  york баку baku азербайджан тбилиси
    tbilisi грузия ереван yerevan армения ашхабад ашгабат ashgabat ашғабад туркменистан
    туркменистане туркмения turkmenistan уланбатор монголия каир cairo маскав
"""

_STREET: Final = """
    улица улице улицы улицу ул проспект проспекте просп переулок переулке пер бульвар
    микрорайон микрорайоне мкр мкрн жк кӯчаи хиёбони гузари
"""

_OF_STREET: Final = """
    көшесі көшесінде көшесінен даңғылы даңғылында шағынауданы ықшамауданы ықшамауданында
    көчөсү көчөсүндө көчөсүнөн кичирайону кичирайонунда
    koʻchasi koʻchasida koʻchasidan mavzesi mavzesida кӯчаси кӯчасида street avenue
"""


def _roles() -> dict[str, Role]:
    texts: tuple[tuple[Role, str], ...] = (
        ("double", _DOUBLE), ("reply", _REPLY), ("abroad", _ABROAD), ("other", _OTHER), ("around", _AROUND),
        ("before", _BEFORE), ("country", _COUNTRIES), ("street", _STREET), ("of_street", _OF_STREET),
    )  # fmt: skip
    return {sounded(plain(word)): role for role, text in texts for word in text.split()}


def sounded(word: str) -> str:
    """Write a plain word in the skeleton, but for ш, which stays apart: қашан is not Касан."""
    return "".join(words(_HUSHED.sub("ʃ", word)))


ROLES: Final = _roles()
"""What each of these words does, as it sounds; what is said last of a word holds."""

ENGLISH: Final = frozenset(_ENGLISH.split())
"""English words around a name, as they are typed: in the skeleton they are words of ours."""
