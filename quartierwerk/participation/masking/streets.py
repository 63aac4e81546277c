"""Streets with their house number: German ones, in Latin, Cyrillic and Arabic letters, and how one's own country writes them."""

import re
from collections.abc import Iterator

# A house number, with a letter and up to a second number; nothing after it that makes it an amount or a time.
_NUMBER_WORD = r"(?:(?:nr|no|num|numara|hausnr|hausnummer|number|haus|house|д|дом|буд|будинок|№|رقم|پلاک|شماره|نمبر|منزل|بيت)\b\s?[.:]?\s?|№\s?)"
_HOUSE = rf"(?:\s?[,،]\s|\s{{0,2}}){_NUMBER_WORD}?(?<!\d)\d{{1,3}}(?:\s?[a-zа-гäاأبجد](?!\w))?(?:\s?[-–/+]\s?\d{{1,3}}(?:\s?[a-zа-г](?!\w))?)?"
_UNITS = (
    "uhr|euro|eur|€|%|grad|°|meter|metern|m|km|minuten|min|stunden|tage|tagen|wochen|monate|monaten|jahre|jahren|kinder|leute|"
    "personen|prozent|mal|cm|stück|menschen|autos|bäume|o'clock|hours|minutes|days|weeks|months|years|people|kids|children|"
    "am|pm|percent|metres|meters|saat|dakika|gün|hafta|ay|yıl|kişi|metre|avro|lira|евро|євро|минут|хвилин|метр|дней|днів|"
    "лет|років|год|раз|година|годин|человек|людей|людини|дітей|детей|мин|хв|دقيقة|دقائق|متر|يورو|سنة|سنوات|يوم|أيام|ساعة|"
    "ساعات|شخص|طفل|أطفال|مرة|یورو|دقیقه|سال|روز|ساعت|نفر|بار|هفته|درجه|درجة"
)
_NOT_AMOUNT = rf"(?![\d.,:٫]*\d)(?!\s?(?i:{_UNITS})(?!\w))"

# What German streets end in; the short ones only as the end of a longer word.
_ENDS = (
    "straße|strasse|str|weg|allee|gasse|gässchen|platz|damm|ufer|chaussee|pfad|steig|stieg|ring|kamp|winkel|twiete|redder|"
    "brink|anger|graben|wall|bogen|zeile|promenade|markt|hof|berg|feld|garten|gärten|wiese|wiesen|grund|busch|horst|bruch|"
    "kehre|rain|hang|höhe|brücke|tor|masch|worth|trift|heide|wende|schanze|eck"
)
_CAP = r"(?:(?:Dr|Prof|St|Gr|Kl|[A-Z])\.|[A-ZÄÖÜ][\wäöüß]{0,40})"
_NAME_PART = rf"(?:{_CAP}-?){{1,6}}"
_STREET_WORD = r"(?:stra(?:ß|ss|s)e|str\b\.?|allee|weg|platz|gasse|ring|damm|ufer|chaussee|pfad|steig|stieg)"
# Words with a capital before the word for street that do not belong to its name.
_BEFORE = (
    "In|Der|Die|Das|An|Auf|Von|Zur|Zum|Aus|Bei|Und|Ich|Wir|Hier|Wohne|Adresse|Straße|Anschrift|Ecke|Haus|At|On|The|I|From|Live|"
    "Address|Our|My|Adres|Adresim|Frau|Herr|Hallo"
)
_HEAD = r"(?:Am|An der|An den|An dem|Auf dem|Auf der|Auf den|Im|In der|In den|In dem|Zum|Zur|Zu den|Unter den|Unter der|Hinter der|Hinter dem|Vor der|Vor dem|Vorm|Hinterm|Überm|Beim|Bei der|Bei den|Neben der|Über der)"
_ADJECTIVE = r"(?:Lang|Kurz|Breit|Alt|Neu|Hoh|Groß|Gross|Klein|Ober|Unter|Mittler|Vorder|Hinter|Grün|Tief|Krumm|Schmal|Weiß|Weiss|Rot|Schwarz|Rund|Steil|Schön|Still|Heilig|Golden|Kalt|Warm|Eng|Weit|Still|Dick|Spitz|Best)(?:e|er|en|es)"
# After `Am`, `Im`, … these are no streets: `Im Zimmer 5`, `Am Montag 3`.
_NO_STREET = (
    "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Januar|Februar|März|April|Mai|Juni|Juli|August|"
    "September|Oktober|November|Dezember|Jahr|Jahre|Zimmer|Raum|Haus|Gebäude|Gleis|Linie|Bus|Klasse|Stock|Alter|Schnitt|Winter|"
    "Sommer|Herbst|Frühling|Block|Eingang|Abschnitt|Umkreis|Monat|Kreis|Schuljahr|Jahrgang|Gruppe|Paragraph|Punkt|Stunde|Reihe|"
    "Bereich|Nummer|Nr|Hausnummer|Nachbarhaus|Wohnung|Etage|Halle|Tag|Woche|Park|Aufgang|Ganzen|Moment"
)

# The same in Cyrillic and Arabic letters, as people hear it.
_CYRILLIC_STREET = r"(?:ш?штр?асс?е|штр\b\.?|страсс?е|стр\b\.?|вег|алл?ее|плац|гасс?е|ринг|дамм|уфер|шоссее)"
_CYR_CAP = r"[А-ЯЁЇІЄҐ][\w’'ʼ]*"
_CYR_HEAD = r"(?:Ам|Ан дер|Ан ден|Ауф дем|Ауф дер|Им|Ім|Ин дер|Ін дер|Ин ден|Цум|Цур|Унтер ден|Гинтер|Хинтер дер|Беим|Бай дер)"
_CYR_ADJECTIVE = (
    r"(?:Ланге|Курце|Брайте|Альте|Нойе|Ной|Хое|Гое|Гроссе|Гросе|Кляйне|Клайне|Обере|Унтере|Грюне|Вайсе|Роте)"
)
_CYR_CUE = (
    r"(?:адрес[аеуі]?\s?:?|"
    r"вул(?:иц[іяюею]+|\.)?|ул(?:иц[аеуыи]+|\.)?|живу|жив[её]м|мешкаю|мешкаємо|проживаю|по адресу|за адресою)\s?:?"
)
_AR = r"[\u0620-\u065f\u0670-\u06d3\u200c]+"
_AR_STREET = (
    r"(?:ا?شترا?[سص]{1,2}[هةاىیيِ]{0,2}|ستراسه|شتر\b\.?|فيغ|ويگ|پلاتز|بلاتز|بلاتس|آليه|أليه|رينغ|رینگ)"
)
_AR_BEFORE = r"(?:شارع|جادة|زقاق|ساحة|خیابان|خيابان|کوچه|سرک|جاده|میدان)"
_AR_HEAD = r"(?:آم|أم|ام|إم|ایم|ايم|آن در|أن دير|تسوم|تسور|اَم)"
_AR_ADJECTIVE = (
    r"(?:لانغه|لانغا|لانغ|لانگه|لانجه|لانجا|لنگه|ألته|آلته|التة|نويه|نویه|غروسه|گروسه|كلاينه|کلاینه|هوهه)"
)
_AR_CUE = r"(?:أسكن|اسكن|نسكن|ساكن|ساكنة|عنواني|عنواننا|العنوان|سكني|آدرس|آدرسم|نشانی|آدرس ما|خانه‌ام|خانه ام|خانه‌ی ما|زندگی می‌کنم)"
_AR_IN = r"(?:\s?:|\s(?:في|ب|هو|من|در|است))?"


def _one(*ways: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{way})" for way in ways))


_LATIN = _one(
    # Peiner Straße 41, Albert-Schweitzer-Str. 3a, Straße des 17. Juni 5, Dr.-Alex-Schönberg-Straße 2
    rf"(?<!\w)(?:(?!(?:{_BEFORE})\b){_NAME_PART}\s?(?:(?:von|van|der|den|de)\s)?){{0,3}}(?i:{_STREET_WORD}){_HOUSE}{_NOT_AMOUNT}",
    rf"(?<!\w)(?:Straße|Strasse|Platz|Allee|Weg)\s(?:der|des|am|an der|zum|zur|im)\s(?:\d+\.\s)?{_CAP}(?:\s{_CAP})?{_HOUSE}{_NOT_AMOUNT}",
    # Marktstr. 12a, Kiefernweg 18, eichstraße 5
    rf"(?<!\w)(?:(?:im|am|zum|an der|auf dem|auf der|in der)\s(?=[a-zäöü]))?(?i:(?:[\wäöüß]{{1,40}}-?){{1,2}}?(?:{_ENDS}))\b\.?(?i:{_HOUSE}){_NOT_AMOUNT}",
    # An der Masch 3, Am Südtor 4
    rf"(?<!\w)(?:{_HEAD}|{_HEAD.lower()})\s(?!(?:{_NO_STREET})\b)(?:{_CAP}\s)?(?!(?:{_NO_STREET})\b){_NAME_PART}(?i:{_HOUSE}){_NOT_AMOUNT}",
    # Lange Weihe 31
    rf"(?<!\w){_ADJECTIVE}\s(?!(?:{_NO_STREET})\b){_NAME_PART}(?i:{_HOUSE}){_NOT_AMOUNT}",
    # 17 Peiner Straße; 12 High Street
    rf"(?<!\w)\d{{1,3}}[a-z]?,?\s(?:{_NAME_PART}\s){{0,2}}(?:[\w-]*(?:straße|strasse|str\.)|(?:{_NAME_PART}\s)(?:Straße|Strasse|Str\.|Street|Road|Lane|Avenue|Weg|Platz))(?!\w|\s\d)",
    rf"(?<!\w)(?:{_NAME_PART}\s){{1,2}}(?:Street|Road|Lane|Avenue|St\.|Rd\.){_HOUSE}{_NOT_AMOUNT}",
    # Gül Sokak No: 12
    rf"(?<!\w)(?:{_NAME_PART}\s){{1,3}}(?:Sokak|Sokağı|Sok\.|Sk\.|Caddesi|Cad\.|Cd\.|Bulvarı|Mahallesi|Mah\.)(?i:{_HOUSE}){_NOT_AMOUNT}",
)
# peiner straße 41, with no capitals at all; a small word before it does not belong to the name.
_SMALL = re.compile(
    r"(?<!\w)(?:(?!(?:in|der|die|das|an|auf|von|zur|zum|aus|bei|und|ecke|wohne|adresse|the|at|on|from|adres|ist|unsere|meine|live)\b)"
    rf"[\wäöüß-]+\s)?{_STREET_WORD}{_HOUSE}{_NOT_AMOUNT}",
    re.IGNORECASE,
)
_ADDRESS_CUE = re.compile(
    r"(?:(?i:wohnhaft|wohne[nt]?|wohnt|adresse|anschrift|address|live at|lives at|living at|adres(?:im|i)?|ev(?:im|imiz)|oturuyor\w*|sakin|sakn[ae])"
    rf"(?:\s(?i:in|im|at|ist|is|der|hier))?\s?:?\s)(?P<street>(?!(?:{_NO_STREET})\b)(?:{_NAME_PART}\s?){{1,3}}(?i:{_HOUSE})){_NOT_AMOUNT}"
)
_CYRILLIC = _one(
    rf"(?<!\w)(?:(?:{_CYR_CAP}[\s-]){{0,2}}|\w+ер[\s-])(?i:[\w’'ʼ-]*{_CYRILLIC_STREET})(?i:{_HOUSE}){_NOT_AMOUNT}",
    rf"(?<!\w)(?:{_CYR_HEAD}|{_CYR_ADJECTIVE})\s{_CYR_CAP}(?:\s{_CYR_CAP})?(?i:{_HOUSE}){_NOT_AMOUNT}",
)
# `на Ланге Вайе 31,` is an address, `в Ретене 3 дома` is not: the number ends the clause.
_CYRILLIC_AT = re.compile(
    rf"(?<!\w)(?:на|по|в|у|біля|возле|около)\s(?P<street>{_CYR_CAP}(?:[\s-]{_CYR_CAP}){{0,2}}(?i:{_HOUSE}))(?=\s*(?:[.,;!?)\n]|$|кв|поверх|этаж))"
)
_CYRILLIC_CUED = re.compile(
    rf"(?<!\w)(?i:{_CYR_CUE})\s?(?P<street>{_CYR_CAP}(?:[\s-]\w+){{0,2}}?(?i:{_HOUSE})){_NOT_AMOUNT}"
)
_ARABIC = _one(
    rf"(?<!\w)(?:{_AR}\s)?{_AR}[-\s]?{_AR_STREET}(?i:{_HOUSE}){_NOT_AMOUNT}",
    rf"(?<!\w)(?:{_AR_ADJECTIVE}|{_AR_HEAD})\s{_AR}(?i:{_HOUSE}){_NOT_AMOUNT}",
)
_ARABIC_CUED = re.compile(
    rf"(?<!\w)(?:{_AR_BEFORE}|{_AR_CUE}{_AR_IN})\s(?P<street>(?:{_AR}\s?){{1,4}}?(?i:{_HOUSE})){_NOT_AMOUNT}"
)
# In a text of another script, Latin words with capitals and a number are an address more often than anything else.
_AMONG_OTHERS = re.compile(
    rf"(?<!\w)(?P<street>(?:{_NAME_PART}\s){{1,3}}\d{{1,3}}(?:\s?[a-z](?!\w))?){_NOT_AMOUNT}"
)
_NO_ADDRESS = re.compile(
    r"(?i:linie|line|bus|klasse|gleis|raum|zimmer|stock|iphone|samsung|covid|s-bahn|aldi|lidl|rewe|telefon|tel|nr|din|windows|"
    r"b1|b2|a1|a2|kurs|teil|nummer|haus|block|eingang|tor|gruppe|hartz|sgb|euro|eur|uhr)\b"
)
_OTHER_SCRIPT = re.compile(r"[\u0400-\u04ff\u0600-\u06ff]")


def streets(words: str) -> Iterator[tuple[int, int]]:
    for pattern in (_LATIN, _SMALL, _CYRILLIC, _ARABIC):
        for hit in pattern.finditer(words):
            yield hit.span()
    cued = [_ADDRESS_CUE, _CYRILLIC_AT, _CYRILLIC_CUED, _ARABIC_CUED]
    letters = sum(map(str.isalpha, words)) or 1
    if len(_OTHER_SCRIPT.findall(words)) * 2 > letters:
        cued.append(_AMONG_OTHERS)
    for pattern in cued:
        for hit in pattern.finditer(words):
            if not _NO_ADDRESS.match(hit["street"]):
                yield hit.span("street")
