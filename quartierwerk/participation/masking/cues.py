"""Words beside which a name stands: titles, `my name is`, relatives, greetings; and those beside which it is a shop's or a dog's."""

import re


def _after(*groups: str, then: str = r"[\s\u200c]{1,3}") -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)(?:{then})", re.IGNORECASE)


_DOCTORS = r"(?:(?:dr|prof|dipl|med|ing)\b\.?(?:-ing\.?)?[\s\u200c]{0,2})*"
# What follows is a name, whatever it is.
CERTAIN = _after(
    # German
    r"(?:herrn?|frau|fr\.|hr\.|fräulein|familie|fam\.)(?:\s" + _DOCTORS + ")?",
    r"(?:dr|prof)\b\.?(?:\s?(?:med|phil|jur|ing)\.)*",
    r"ich heiß?s?e|heiße|er heißt|sie heißt|heisst|mein name ist|name ist|mein name|vorname|nachname|gezeichnet|gez\.|mfg|m\.f\.g\.|lg|vg|"
    r"(?:kontoinhaber|inhaber|empfänger|ansprechpartner|kontakt|absender|name|von)(?:in)?\s?:|kontoinhaberin|kontoinhaber|empfängerin|empfänger|"
    r"(?:mit\s)?(?:freundlichen|herzlichen|lieben|vielen|besten|liebe|viele|herzliche|beste|schöne)\s(?:grüßen|grüße|gruß|gruessen|gruesse)(?:\svon|\sihre?|\seure?)?|"
    r"namens|genannt",
    # English
    r"(?:mr|mrs|ms|mx|miss|sir|madam)\b\.?|my name(?:'s| is)|name is|name|named|called|call me|account holder|holder|signed|"
    r"(?:kind |best |warm )?regards|sincerely|yours truly|yours|cheers",
    # Turkish
    r"(?:benim )?ad[ıi]m|ismim|ad[ıi] soyad[ıi]|ad[ıi]|ismi|say[ıi]n|bayan|imza|sayg[ıi]lar[ıi]m(?:la|[ıi]zla)|sayg[ıi]lar|sevgiler(?:imle|le)?|hesap sahibi|al[ıi]c[ıi]",
    # Ukrainian, Russian
    r"мене зв(?:ать|уть)|звати|звуть|меня зовут|зовут|моє ім['’ʼ]я|ім['’ʼ]я|мо[её] имя|имя|пан(?:і|у|а|ом|ові|е|ією)?|добродій(?:ка)?|господин(?:а|у|ом)?|госпож(?:а|и|е|у|ой)|г-н[ау]?|г-ж[аиеу]|"
    r"(?:з|с) повагою|с уважением|отримувач(?:ка)?|получател[ья](?:ница)?|підпис|подпись|фрау|герр?|херр?|др\.|д-р|тьот[яіюь]|т[её]т[яеиюь]",
    # Latin letters for Arabic and Persian
    r"ismi|esmi|ism[iy]|esmam|esme man|name man",
    then=r"[\s\u200c]{0,2}[:,.\-–—]?\s{0,2}(?=\w)",
)
# Arabic script has no capitals: what follows is a name unless it is a word of the list.
CERTAIN_ARABIC = _after(
    r"اسمي|إسمي|أسمي|اسمه|اسمها|اسم الزوج|اسم الزوجة|الاسم|إسم|باسم|باسم السيد|السيد|السيدة|السيده|سيد|سيدة|الأستاذ|الأستاذة|الاستاذ|الاستاذة|أستاذ|استاذ|الدكتور|الدكتورة|الدكتوره|دكتور|دكتورة|"
    r"د\.|الحاج|الحاجة|الآنسة|الانسة|الشيخ|مدام|المهندس|المهندسة|تحياتي|مع التحية|مع تحياتي|التوقيع|توقيع|صاحب الحساب|صاحبة الحساب|المستلم|المستفيد|فراو|هير",
    r"و?(?:السيد|السيدة|الأستاذ|الأستاذة|الدكتور|الدكتورة)",
    r"[لبو](?:لسيد|لسيدة|السيد|السيدة|لدكتور|لدكتورة|لأستاذ|لأستاذة)|للسيد|للسيدة|للدكتور|للدكتورة|للأستاذ|للأستاذة",
    r"اسم من|نام من|اسمم|نامم|آقای|اقای|خانم|بانو|دکتر|داکتر|مهندس|استاد|حاجی|به نام|بنام|از طرف|با احترام|ارادتمند|صاحب حساب|گیرنده|کاکا|خاله|عمه|عمو|دایی|ماما",
    then=r"[\s\u200c]{0,2}[:،,.\-–—]?\s{1,2}(?=\w)",
)
# A relative, neighbour, `I am`: the next word is a name if it looks like one.
LIKELY = _after(
    r"(?:mein|dein|sein|ihr|unser|der|die|den|dem)(?:e|en|em|er|es)?\s(?:\w+[-\s])?(?:sohn|tochter|mann|frau|ehemann|ehefrau|bruder|schwester|enkel|enkelin|oma|opa|mutter|vater|mutti|papa|mama|nachbar|nachbarin|"
    r"freund|freundin|kollegin|kollege|kollegen|tante|onkel|cousin|cousine|schwager|schwägerin|neffe|nichte|lehrer|lehrerin|erzieherin|trainer|trainerin|hausmeister|pfarrer|betreuerin|betreuer|vermieter|"
    r"schwiegermutter|schwiegervater|dolmetscher|dolmetscherin|fahrer|busfahrer|ärztin|arzt|chef|chefin)s?",
    r"(?:nachbarin|nachbar|dolmetscherin|dolmetscher|hausmeister|oma|opa|tante|onkel|schwester|bruder|pfarrer|pastor|trainerin|trainer|lehrerin|lehrer|kollegin|kollege)",
    r"(?:my|our|his|her|their|your)\s(?:\w+\s)?(?:son|daughter|husband|wife|brother|sister|mother|father|mum|mom|dad|aunt|uncle|grandma|grandpa|nan|granny|grandmother|grandfather|neighbour|neighbor|friend|partner|"
    r"father-in-law|mother-in-law|brother-in-law|sister-in-law|cousin|niece|nephew|teacher|colleague|boss|landlord|landlady|kid|kids|boy|girl|baby|grandson|granddaughter|flatmate|caretaker|interpreter|coach)",
    r"(?:teacher|neighbour|neighbor|nurse|sister|brother|uncle|aunt|auntie|grandma|grandpa|pastor|father|coach|caretaker|landlord|driver)",
    r"oğlum|oglum|kızım|kizim|eşim|esim|kocam|karım|abim|ablam|kardeşim|kardesim|komşum|komsum|komşumuz|annem|babam|amcam|teyzem|dayım|halam|anneannem|babaannem|dedem|ninem|torunum|arkadaşım|öğretmen|oğlu|kızı|herr|frau|gelinim|damadım|yeğenim|kuzenim",
    r"(?:мій|моя|мого|моєї|моєму|моїй|моїм|моєю|мою|наш|наша|нашу|нашої|мой|моей|моего|моему|моим|нашей|нашего|його|її|его|её|ее)\s(?:\w+\s)?(?:син\w*|доньк\w*|донечк\w*|дочк\w*|доч[иеьк]\w*|чолов\w+|дружин\w+|сестр\w*|брат\w*|"
    r"сусід\w*|подруг\w*|друг\w*|друз\w+|мам\w*|тат\w*|бабус\w*|дідус\w*|сын\w*|дочер\w*|муж\w*|жен\w+|сосед\w*|бабушк\w*|дедушк\w*|пап\w*|внук\w*|внучк\w*|онук\w*|онучк\w*|тёт\w+|тет\w+|дяд\w+|учительниц\w*|вчительк\w*)",
    r"хлопчик\w*|хлопець|дівчин\w+|мальчик\w*|девочк\w+|девушк\w+|дружок|син|сина|синові|донька|доньки|донька|дочка|чоловік|дружина|сусідка|сусідки|сусід|сусіда|подруга|тітка|дядько|баба|дід|бабуся|дідусь|вихователька|вчителька|лікарка|лікар|тренер|водій|"
    r"сын|сына|сыну|дочь|дочка|дочки|муж|мужа|жена|жены|сосед|соседка|соседки|соседа|соседу|подруга|подруги|подруге|дядя|дяди|баба|бабушка|дед|дедушка|воспитательница|учительница|учитель|врач|доктор|тренер|водитель|парень|мама|"
    r"вчитель|вчителя|директор|директорка|директора|перекладач|перекладачка|переводчик|переводчица|пишіть|пишите|звоните|телефонуйте",
    then=r"[\s\u200c]{1,2}|[\s\u200c]{0,2}[,:(–—-]\s?",
)
# `I am`, `hello`: what follows is a name if it is in the lists, or stands alone.
SPOKEN = _after(
    r"(?:ich bin|hier ist|hier spricht|das ist|wir sind|i am|i'm|i’m|this is|it's|it’s|we are|we're)(?:\s(?:der|die|the))?",
    r"hallo|liebe|lieber|hi|hello|dear|hey|danke|thanks|thank you|love|ben|biz",
    r"ask for|speak to|talk to|contact|nach|fragen sie|fragt|sorun|sorunuz|arayın|спросить|спросите|питайте|запитайте|звоните|пишіть",
    r"я\s?[—–-]?|це|это|ми зі?|мы со?|ми з|мы с|ana|anaa|manam|man|men",
    then=r"[\s\u200c]{1,2}|,\s",
)
LIKELY_ARABIC = _after(
    r"أنا|انا|نحن|معكم|أنا اسمي|أخوكم|أختكم|[وفبل]?(?:ابني|إبني|ابن|بنتي|ابنتي|إبنتي|زوجي|زوجتي|أخي|اخي|أختي|اختي|أمي|امي|أبي|ابي|والدي|والدتي|جدي|جدتي|ستي|عمي|عمتي|خالي|خالتي|جاري|جارتي|جارنا|جارتنا|صديقي|صديقتي|"
    r"حفيدي|حفيدتي|طفلي|طفلتي|المربية|المربي|الطفل|الطفلة|الأخ|الاخ|الأخت|الاخت|العم|الخالة|المترجم|المترجمة|المعلمة|المعلم|المدرب|المدربة|الجارة|أطفالي|أولادي)|شكرا|أشكر|اشكر|أحيي|تحية",
    r"پسرم|پسر|دخترم|دختر|شوهرم|همسرم|خانمم|زنم|زنش|مادرم|پدرم|برادرم|خواهرم|همسایه‌ام|همسایه ام|همسایه‌ی ما|همسایه ما|دوستم|دوست من|عمه‌ام|خاله‌ام|دایی من|عمویم|مادربزرگم|پدربزرگم|نوه‌ام|مربی|معلم|ننه|بی‌بی|بی بی",
    then=r"[\s\u200c]{1,2}|[\s\u200c]{0,2}[،,:(]\s?",
)
I_AM_PERSIAN = _after("من")
# `My name is`, so plain that the name may do without its capital.
SAID_PLAINLY = _after(
    r"ich heiß?s?e|mein name ist|my name is|my name's|benim adım|benim adim|adım|ismim|мене звати|мене звуть|меня зовут|ich bin die|ich bin der|ismi|esmi|esmam",
    then=r"\s{1,2}",
)
# What comes after a name: Mehmet amca, زهرا خانم.
TITLE_AFTER = re.compile(
    r"[\s\u200c]{1,2}(?:bey|hanım|hanim|amca|teyze|abi|ağabey|abla|hoca|dede|nine|dayı|dayi|hala|usta|efendi|kardeş|yenge|enişte|"
    r"خانم|آقا|جان|خان|بيك|أفندي|aqa|khanom|jan)(?:['’]?\w{0,4})(?!\w)",
    re.IGNORECASE,
)
# Before a name that is no person's: a shop, a firm, a club, a saint, an animal.
OF_A_THING = re.compile(
    r"(?<!\w)(?:[\w-]*(?:bäckerei|baeckerei|konditorei|metzgerei|fleischerei|schlachterei|friseur|friseursalon|salon|apotheke|praxis|optik|cafe|café|imbiss|kiosk|restaurant|gaststätte|gasthaus|pizzeria|eisdiele|firma|"
    r"laden|markt|supermarkt|autohaus|fahrschule|hotel|möbelhaus|modehaus|schule|kita|kindergarten|verein|stiftung|haus|haus der|park|döner|kebap|kebab|grill|bistro|reisebüro|bestattungen|blumen|baumarkt|werkstatt|"
    r"bakery|butcher|barber|hairdresser|shop|store|pub|restaurant|saint|club|team|school)|sv|tsv|tus|fc|vfl|vfb|sc|sankt|st\.|heilige[rn]?|linie|u-bahn|"
    r"fırını|fırın|berber|kuaför|dönerci|kebapçı|bakkal|kasap|manav|lokantası|market|pastanesi|terzi|kahvesi|"
    r"магазин\w*|кафе|ресторан\w*|салон\w*|аптек\w+|пекарн\w+|пекарня|перукарн\w+|парикмахерск\w+|кіоск\w*|киоск\w*|фирм\w+|фірм\w+|бар|клуб\w*|команд\w+|свят\w+|школ\w+|"
    r"مخبز|فرن|مطعم|محل|محلات|صالون|بقالة|سوبرماركت|صيدلية|مقهى|كافيه|حلاق|ملحمة|شركة|مدرسة|نادي|فريق|مسجد|جامع|كنيسة|شارع|حلويات|سوق|"
    r"نانوایی|رستوران|مغازه|فروشگاه|سوپرمارکت|آرایشگاه|داروخانه|قصابی|کافه|شرکت|مدرسه|باشگاه|تیم|مسجد|خیابان|کوچه|سوپر|شیرینی‌سرا|شیرینی سرای)"
    r"(?:\s(?:und|and|ve|zum|zur|bei))?[\s:„“”\"«»'’‚‘]{1,3}$",
    re.IGNORECASE,
)
OF_AN_ANIMAL = re.compile(
    r"(?<!\w)(?:hund|hündin|hündchen|kater|katze|kaninchen|pferd|dog|puppy|cat|horse|köpe\w+|kedi\w*|собак\w+|соб[аі]\w+|п[её]с\w*|кіт|кот|кота|кішк\w+|кошк\w+|кошечк\w+|كلب\w*|كلبي|كلبنا|كلبتي|قطتي|قطتنا|قطة|سگ\w*|سگ‌مان|گربه\w*)"
    r"(?:\s(?:heißt|heisst|namens|genannt|called|named|is called|is|adlı|adı|isimli|по кличке|на ім['’ʼ]я|на прізвисько|зовут|звуть|звати|اسمه|اسمها|به نام|بنام|به اسم))?[\s,:(„“\"«]{1,3}$",
    re.IGNORECASE,
)
# After a name, or as its last part, that make it a street's, a school's, a shop's.
A_THING_FOLLOWS = re.compile(
    r"(?:[\s-]|\s?['’]s\s)(?:straße|strasse|str\.|platz|weg|allee|ring|schule|grundschule|realschule|gesamtschule|gymnasium|haus|kita|stiftung|gmbh|kg|ag|ohg|e\.\s?v|apotheke|bäckerei|markt|park|halle|stadion|team|verein|"
    r"kirche|heim|stift|center|street|road|school|bakery|shop|store|market|kebab|kebap|döner|imbiss|salon|"
    r"sokağı|caddesi|okulu|fırını|berberi|kuaförü|marketi|parkı|штрас\w*|вулиц\w+|улиц\w+|школ\w+)(?!\w)",
    re.IGNORECASE,
)
THING_ENDS = re.compile(
    r"-(?:straße|strasse|str|platz|weg|allee|ring|schule|grundschule|realschule|gesamtschule|gymnasium|haus|kita|stiftung|apotheke|markt|park|halle|stadion|team|verein|kirche|heim|stift|center|kurs|gruppe|projekt|preis|"
    r"bad|hof|siedlung|viertel|brücke|saal|tag|fest|school|street)s?$",
    re.IGNORECASE,
)
# Between two parts of one name.
_BETWEEN = "von van der den de da di dos del della le zu ter ten bin ben ibn bint al el ul abu abou umm abd"
_ARABIC_BETWEEN = "بن ابن بنت ولد آل عبد أبو ابو أبي ابي أم ام"
_KUNYA = "أبو ابو أبا أبي أم ام"
PARTICLES, ARABIC_PARTICLES, KUNYA = (frozenset(line.split()) for line in (_BETWEEN, _ARABIC_BETWEEN, _KUNYA))
# With these, people begin the line of their name.
_SIGNED = "ihr ihre euer eure dein deine von danke dank gruß gruss grüße lg mfg vg thanks cheers love yours sevgiler ваша ваш твоя твой твій"
SIGNED = frozenset(_SIGNED.split())
_AND = "und and ve ile und & і й та и да with mit"
AND = frozenset(_AND.split())
# Before a place, seldom before a person.
_WHERE = "в у во на з із зі из до від от біля возле через під под над по о об про район району районі районе город місто село станция станції вокзал фірма фирма канал"
WHERE = frozenset(_WHERE.split())
PLACE_ENDS = re.compile(
    r"(?:центр\w*|штрас\w*|плац\w*|бург\w*|град\w*|ия|ії|ію|ії|ии|ию|марк\w*|амт\w*|хаус\w*|гаус\w*|парк\w*|шуле|бан|банк\w*|ський|ская|ский|ська|ської|ской|ське|ское)$",
    re.IGNORECASE,
)
# Labels between a name and what it may be reached by.
LABEL = re.compile(
    r"^\W*(?:tel|telefon\w*|telefonum|phone|mobil|mobile|handy|fax|mail|e-mail|email|e-posta|eposta|iban|konto|hesap|adres|adresse|address|cep|тел|телефон|пошта|почта|адреса|адрес|рахунок|счет|счёт|номер|"
    r"هاتف|هاتفي|تلفون|جوال|بريدي|ايميل|إيميل|عنواني|تلفن|شماره|ایمیل|آدرس|موبایل|رقم|رقمي|whatsapp|viber|telegram|nr|номер|unter|at|auf|per|oder|or|veya|або|или|أو|یا)?\W*$",
    re.IGNORECASE,
)
