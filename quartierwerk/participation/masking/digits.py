"""Phone numbers and account numbers, in the digits of any script and however they are spaced."""

import re
import unicodedata
from collections.abc import Iterator

# What people put between the digits of one number, with the invisible marks that turn the direction of writing.
_BLANK = "\\s\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_BETWEEN = rf"[{_BLANK}/().\-\u2010-\u2015_·|]"
_CALL = (
    "tel phone fon call ring mobil handy nummer number whatsapp signal viber telegram fax durchwahl anruf erreich sms ara "
    "cep numara gsm "
    "тел звон зв дзвон номер вайбер мобил набер "
    "هاتف تلفون جوال موبايل رقم اتصل كلمو واتس تلفن تماس شماره زنگ موبایل همراه"
)
_ACCOUNT = (
    "iban konto account hesap bank überweis refund kart рахун счёт счет карт банк реквізит реквизит переказ перевод "
    "перечисл حساب ايبان آيبان إيبان بنك بانك بانک شبا کارت"
)
_FILE = r"(?:aktenzeichen|az|kundennr|kundennummer|vorgang|ticket|bescheid|artikel|§|пр(?:о|а)ва|справ\w*|дел[оа]|dosya|реф|ref|reference|case|ملف|ملفي|پرونده|معاملة)\W{0,3}(?:nr\W{0,2})?$"
_MONEY_OR_MEASURE = (
    r"\s?(?:€|eur|₺|tl\b|%|km|kg|m²|qm|mill?ion|milliarde|einwohner|грн|руб|євро|евро|يورو|یورو|تومان|ریال)"
)

_NEAR = 40  # letters before a number in which a word may say what it is


def _either(words: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words.split()), re.IGNORECASE)


_CALL_NEAR, _ACCOUNT_NEAR = _either(_CALL), _either(_ACCOUNT)
_FILE_BEFORE = re.compile(_FILE, re.IGNORECASE)
_MONEY_AFTER = re.compile(_MONEY_OR_MEASURE, re.IGNORECASE)
_DATE = re.compile(r"(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.\s'’]\d{3})+(?!\d)")
_YEARS = re.compile(r"(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d(?!\d)")
_RUN = re.compile(rf"(?<![\d])(?:\+{_BETWEEN}{{0,2}})?\(?\d(?:(?:{_BETWEEN}|[\ufe0f\u20e3]){{0,4}}\d)*\+?")
_EXTENSION = re.compile(
    r"\W{0,3}(?:app|durchwahl|dw|ext|extension|dahili|доб|внутр|داخلی|داخلي|تحويلة)\W{0,3}\d{1,5}",
    re.IGNORECASE,
)
_LEAST, _LEAST_BARE, _LEAST_SOLID, _LEAST_NAMED = 6, 9, 7, 5  # digits of a phone number

# Digits spoken out, as in a note taken at the phone.
_SPOKEN = (
    "null eins zwei zwo drei vier fünf sechs sieben acht neun oh zero one two three four five six seven eight nine "
    "sıfır bir iki üç dört beş altı yedi sekiz dokuz нуль один два три чотири пять п'ять п’ять шість сім вісім девять дев'ять "
    "дев’ять ноль четыре шесть семь восемь صفر واحد اثنان اثنين ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة "
    "یک دو سه چهار پنج شش هفت هشت نه"
)
_SPOKEN_RUN = re.compile(
    rf"(?<!\w)(?:plus\W{{1,2}})?(?:(?:{'|'.join(_SPOKEN.split())})(?:[\s,-]{{1,3}}|(?!\w))){{6,}}",
    re.IGNORECASE,
)

# Letters and digits of an IBAN, and the countries that use so many.
_COUNTRIES = {
    15: "NO", 16: "BE BI", 18: "DK FO FI GL NL SD FK", 19: "MK SI MN", 20: "AT BA EE KZ XK LT LU SO",
    21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA NI", 23: "AE GI IL IQ OM TL", 24: "AD CZ DZ ES MD PK RO SA SE SK TN VG",
    25: "PT ST LY", 26: "IR IS TR", 27: "FR GR IT MC MR SM DJ", 28: "AL AZ BY CY DO GT HU LB PL SV YE", 29: "BR EG PS QA UA",
    30: "JO KW MU", 31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
_LENGTHS = {country: length for length, countries in _COUNTRIES.items() for country in countries.split()}
_IBAN_START = re.compile(
    rf"({'|'.join(_LENGTHS)}){_BETWEEN}{{0,2}}\d{_BETWEEN}{{0,2}}\d", re.IGNORECASE | re.ASCII
)
_ALNUM = re.compile("[A-Z0-9]", re.IGNORECASE | re.ASCII)
_GAP = re.compile(f"{_BETWEEN}{{0,3}}|")
_WORD = re.compile(r"[^\W\d_]{5,}")  # longer than what a bank has for a short name
_LEAST_ACCOUNT, _LEAST_UNNAMED, _LONG = 7, 14, 18  # signs: beside a word for account, without, digits alone


def in_plain_digits(words: str) -> str:
    """The digits of every script as 0-9, letter for letter: ٠١٧١ is 0171."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in words)


def ibans(words: str) -> Iterator[tuple[int, int]]:
    """Account numbers: with right check digits anywhere; with wrong ones too, if they look like one or are called so."""
    done = 0
    for hit in _IBAN_START.finditer(words):
        length = _LENGTHS[hit[1].upper()]
        end, letters = _take(words, hit.start(), length)
        if not is_iban(letters):
            if (
                hit.start()
                and _ALNUM.match(words[hit.start() - 1])
                and not words[: hit.start()].casefold().endswith("iban")
            ):
                continue
            end, letters = _take(words, hit.start(), length, stops_at_words=True)
            named = _near(words, hit.start(), _ACCOUNT_NEAR)
            if len(letters) < (_LEAST_ACCOUNT if named else max(_LEAST_UNNAMED, length - 3)):
                continue
        if hit.start() >= done:
            yield hit.start(), (done := end)


def _take(words: str, at: int, most: int, *, stops_at_words: bool = False) -> tuple[int, str]:
    """Up to so many letters and digits, whatever blanks stand between them. Returns their end and themselves."""
    taken, end = "", at
    while len(taken) < most and at < len(words) and _ALNUM.match(words[at]):
        if stops_at_words and len(taken) >= 4 and _WORD.match(words, at):
            break
        taken, end = taken + words[at], at + 1
        gap = _GAP.match(words, end)
        at = gap.end() if gap else end
    return end, taken


def is_iban(letters: str) -> bool:
    """Whether the check digits of an IBAN without blanks are right.

    >>> is_iban("DE89370400440532013000"), is_iban("DE88370400440532013000")
    (True, False)
    """
    turned = (letters[4:] + letters[:4]).upper()
    return (
        turned.isascii()
        and turned.isalnum()
        and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
    )


def accounts(words: str) -> Iterator[tuple[int, int]]:
    """Account numbers of older kinds, and IBANs whose letters are missing or of another script."""
    for hit in _RUN.finditer(words):
        count = sum(map(str.isdigit, hit[0]))
        is_named = _near(words, hit.start(), _ACCOUNT_NEAR) and not _near(words, hit.start(), _CALL_NEAR)
        solid = hit[0].isdigit()
        if count >= _LONG or (
            is_named and solid and count >= _LEAST_ACCOUNT and not hit[0].startswith(("0", "+"))
        ):
            letters = re.search(r"[^\W\d_]{2}\s?$", words[: hit.start()])
            yield letters.start() if letters and count >= _LONG else hit.start(), hit.end()


def phones(words: str) -> Iterator[tuple[int, int]]:
    for hit in _RUN.finditer(words):
        start, end = hit.span()
        if is_phone(words, start, end):
            more = _EXTENSION.match(words, end)
            yield start, more.end() if more else end
    for hit in _SPOKEN_RUN.finditer(words):
        yield hit.start(), hit.start() + len(hit[0].rstrip(" ,-\n"))


def is_phone(words: str, start: int, end: int) -> bool:
    run = words[start:end]
    count = sum(map(str.isdigit, run))
    if (
        _DATE.fullmatch(run)
        or _YEARS.fullmatch(run)
        or _FILE_BEFORE.search(words[max(0, start - 25) : start])
    ):
        return False
    if run.lstrip("(").startswith(("+", "0")) or run.endswith("+"):
        return count >= _LEAST and not (_DATE.match(run) and count < 10)
    if _MONEY_AFTER.match(words, end) or _THOUSANDS.fullmatch(run):
        return False
    if _near(words, start, _CALL_NEAR) and count >= _LEAST_NAMED and not _DATE.match(run):
        return count >= _LEAST or run.isdigit() or bool(re.search(r"[-/]", run))
    return not _DATE.match(run) and (count >= _LEAST_BARE or (run.isdigit() and count >= _LEAST_SOLID))


def _near(words: str, at: int, pattern: re.Pattern[str]) -> bool:
    return pattern.search(words, max(0, at - _NEAR), at) is not None
