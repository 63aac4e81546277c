"""Cutting texts into the tokens that are indexed and asked for, alike on both sides.

Everything is folded here, in Python (`languages.names`); the index itself only splits at spaces.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import tantivy

from quartierwerk.languages.names import fold, plain
from quartierwerk.search.light_stems import LIGHT

LONGEST_WORD = 40  # letters; longer tokens are cut on both sides
_CUTS = "'’ʼ‘´`\u200c"  # l’école, می‌خواهم: findable as one word and by its last part
_HYPHENS = "-‐‑–"
_AROUND = '.,;:!?()[]„“”"…'
_SHORTEST_PART = 3
# German builds words by joining them; their parts are indexed as the ends of the word: …beratungsstelle, …stelle.
JOINING = {"de", "nl", "da", "sv", "nb", "no", "fi", "hu"}
_SHORTEST_JOINED, _SHORTEST_HEAD, SHORTEST_TAIL = 8, 3, 4

_STEMMERS = {
    "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_STOPPED = {"da", "de", "en", "es", "fi", "fr", "hu", "it", "nb", "nl", "no", "pt", "ru", "sv"}
# Words that carry no topic, for languages the library has no list for; those that open questions above all.
_OWN_STOPWORDS = {
    "uk": "і й та або але в у на з із зі до від для за по про при як що це чи не ми ви я він вона воно вони де коли хто який "
    "яка яке які мені мене мої можна може є був була бути їх його її якщо також щоб якого якій яким скільки чому куди "
    "хочу шукаю потрібно потрібна потрібен треба моя мій моє моєї моєму моїй свій своє мого знайти отримати є хто-небудь під час дуже нам нас "
    "вчити хочемо шукаємо потребую потребує можу зробити робити ходити підкажіть допоможіть будь ласка прошу зі мною собою йому їй ним нею "
    "немає нема інший інші всі весь разом тут там тепер хотів хотіла б буду",
    "ar": "في من على الى عن ان أن هل ما ماذا متى اين كيف هو هي هذا هذه ذلك التي الذي و او لا مع كل كم يمكن يمكنني لي اذا عند كان "
    "يتم تم بعد قبل لماذا اي هناك اريد ابحث احتاج بحاجة أجد اجد يوجد احصل انا نحن لدي عندي حول بين اكثر ارغب اود بدي بدنا وين شو ايش كيف فين ممكن لو سمحت شخص احد شي شيء عليه عليها معي معنا يوجد يتكلم تتكلم يتحدث تتحدث كي "
    "غير ليس لست قد سوف حيث لاجل افكر انام احصل اذهب",
    "fa": "در از به با و یا که این آن را است برای تا چه چی کجا کی چگونه آیا من ما شما می هم اگر بر هر چند "
    "میخواهم می‌خواهم خواهم دنبال نیاز دارم کنم پیدا هستم می‌توانم میتوانم توانم شود چطور کسی یک دارد خود داریم میگردم می‌گردم گردم میخوام می‌خوام بخوام لازم بده بدهید لطفا شما ها های ام ات اش شدن کردن کن بگیرم گرفتن یاد بروم "
    "میکنم می‌کنم بود نیست هست خیلی همه",
    "prs": "در از به با و یا که این آن را است برای تا چه چی کجا کی چگونه آیا من ما شما می هم اگر بر هر میخواهم ضرورت دارم کنم پیدا",
    "tr": "ve veya ile bir bu şu o da de ki mi mı mu mü için ne nasıl nerede kim hangi var yok daha çok gibi kadar ben biz siz "
    "arıyorum istiyorum bulabilirim lazım ihtiyacım nereden nereye bana benim alabilirim olan olarak nerde nedir mıdır yapmak yapabilirim etmek almak istiyoruz arıyoruz lütfen biri birisi onun bizim sizin en her ama hem "
    "ya veya ise diye gören konuşan konuşuyor bilen gelen giden gitmek",
    "ru": "хочу ищу нужно нужна нужен надо мне моя мой моего моей найти получить где как кто можно есть куда хотим ищем нужен мочь могу помогите подскажите пожалуйста сделать делать который которая кого кому чтобы если или меня нас нам наш "
    "наша свой своя будет буду очень тоже также нет ли бы же говорит говорящий хотел хотела",
    "de": "kann kannst können könnt gibt finde finden bekomme bekommen möchte brauche welche welcher welches wo wann wer wie was "
    "warum wofür wozu wohin man mich mir suche suchen gesucht will wollen würde gerne gern jemand jemanden meinen bitte hilft etwas "
    "braucht hier dort hin machen mache gehen geht haben habe lassen lässt tut tun muss müssen soll sollen darf dürfen bin bist "
    "sind sein war waren wird werden habt hatte wäre ganz sehr schon noch nur mal denn dann also einfach irgendwo irgendwer "
    "jeden jede jeder unser unsere mein meine meinem meiner meines dein deine dringend benötige benötigt benutzen nutzen bringen holen gut besser "
    "selber selbst zeigt zeigen gebe geben gegeben passt bekommt nimmt ja nein hallo danke tipps",
    "en": "i where when how what who which why can could do does get find need want looking look am im i'm my me we our us some any "
    "someone anyone near please would like there have go out wants wanted after having could should would may might must us them they he she it its his her your you "
    "tell show give getting going make made just really also too very some something somewhere who's what's i'd i've hello thanks",
    "fr": "où quand comment quoi qui quel quelle quels quelles pourquoi puis-je peut peut-on est-ce cherche besoin veux voudrais trouver "
    "avoir obtenir mon ma mes chez faire ai une suis sommes êtes mets me se veut peux pouvez vouloir nous vous il elle on ils elles "
    "quelqu'un quelque votre notre leur très aussi merci bonjour svp parle parlant parler",
    "kmr": "û an li ji bo di de ez dixwazim digerim hewceyê me min çawa ku ku kî çi ye heye",
    "ti": "ኣበይ ከመይ ኣሎ እደሊ ኣነ ናይ ኣብ እዩ ንምርካብ",
}  # fmt: skip


# The same, as they are typed in Latin letters by who reads another script.
_TYPED_STOPWORDS = {
    "uk": "ya na u v z zi iz do dlia dlya i ta de yak meni treba potribno potribna hochu khochu shukayu shukaju shukaiu mozhna moho moyeyi bez pro",
    "ru": "ya na v k s po dlya dlia i gde kak mne nado nuzhno nuzhen nuzhna hochu khochu ishu ishchu iskat mozhno moj moi moego bez pro o u",
    "ar": "fi min ila ala 3ala ana wa aw ma al el bi li an fe 3an ayn wayn wen kayf hal urid oreed aridu bidi abhath an ma3a maa baad",
    "fa": "az be dar ba man ma va ra ro ke in an ya baraye barae mikham mikhaham mikhastam mikhaam donbale hastam daram dare kojast koja chetor",
}
_TYPED_STOPWORDS["prs"] = _TYPED_STOPWORDS["fa"]


def base(lang: str) -> str:
    """Language without region or variant; `de-simple` is stemmed as German is."""
    return lang.split("-", 1)[0]


@cache
def _stemmer(lang: str) -> tantivy.TextAnalyzer | None:
    name = _STEMMERS.get(lang)
    if name is None:
        return None
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
        .filter(tantivy.Filter.stemmer(name))
        .build()
    )


@cache
def _stop_filter(lang: str) -> tantivy.TextAnalyzer | None:
    if lang not in _STOPPED:
        return None
    stop = tantivy.Filter.stopword(_STEMMERS[lang])
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(stop).build()


@cache
def _own_stopwords(lang: str) -> frozenset[str]:
    words = f"{_OWN_STOPWORDS.get(lang, '')} {_TYPED_STOPWORDS.get(lang, '')}"
    return frozenset(fold(word) for word in words.split())


@lru_cache(maxsize=200_000)
def is_stopword(typed: str, lang: str) -> bool:
    lang = base(lang)
    if fold(typed) in _own_stopwords(lang):
        return True
    if lang == "fr" and (cut := typed.replace("’", "'").rpartition("'"))[0]:  # j'ai, d'une
        typed = cut[2]
    known = _stop_filter(lang)
    return known is not None and not known.analyze(typed.casefold())


def last_part(chunk: str) -> str:
    """What follows an apostrophe: the école of l’école; the whole where little follows."""
    return _variants(chunk)[-1]


@lru_cache(maxsize=200_000)
def stem(word: str, lang: str) -> str:
    """Stem of a plain word, folded; the folded word itself where the language has no stemmer."""
    if light := LIGHT.get(base(lang)):
        return light(fold(word))
    stemmer = _stemmer(base(lang))
    if stemmer is None or not word:
        return fold(word)
    return fold((stemmer.analyze(word) or [word])[0])


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of a stretch of text, joined by spaces."""

    words: str  # folded
    stems: str  # with their language: "de|berat"
    parts: str  # ends of joined words with their language


_NOTHING = Tokens("", "", "")


def tokens(text: str, lang: str) -> Tokens:
    found = [_of_chunk(chunk, lang) for chunk in text.split()]
    return Tokens(
        " ".join(part.words for part in found),
        " ".join(part.stems for part in found),
        " ".join({part.parts: None for part in found}),
    )


@lru_cache(maxsize=400_000)
def words_of(chunk: str, lang: str) -> tuple[str, ...]:
    """Folded words between two spaces of a text."""
    return tuple(_of_chunk(chunk, lang).words.split())


@lru_cache(maxsize=400_000)
def _of_chunk(chunk: str, lang: str) -> Tokens:
    """Tokens between two spaces. Texts repeat their words, so this is what makes indexing quick."""
    written = [*_variants(chunk), *([whole] if (whole := without_hyphens(chunk)) else [])]
    plains = [word[:LONGEST_WORD] for variant in written for word in plain(variant).split()]
    if not plains:
        return _NOTHING
    words = [fold(word) for word in plains]
    parts: list[str] = []
    # Only nouns, which German writes with a capital: `vorbereiten` holds no `reiten`.
    if base(lang) in JOINING and (base(lang) != "de" or any(letter.isupper() for letter in chunk[:2])):
        for word in words:
            if len(word) >= _SHORTEST_JOINED:
                ends = (word[start:] for start in range(_SHORTEST_HEAD, len(word) - SHORTEST_TAIL + 1))
                parts.extend(f"{base(lang)}|{end}" for end in ends)
    return Tokens(
        " ".join(words),
        " ".join(f"{base(lang)}|{stem(word, lang)}" for word in plains),
        " ".join(parts),
    )


def without_hyphens(chunk: str) -> str:
    """`Spiele-Nachmittag` as one word; empty for others."""
    pieces = [piece for piece in re.split(f"[{_HYPHENS}]", chunk.strip(_AROUND)) if piece]
    return "".join(pieces) if len(pieces) == 2 and all(map(str.isalpha, pieces)) else ""


def _variants(chunk: str) -> list[str]:
    variants = [chunk]
    for sign in _CUTS:
        if sign in chunk:
            rest = chunk.rsplit(sign, 1)[1]
            if len(rest) >= _SHORTEST_PART:
                variants.append(rest)
    return variants


@dataclass(frozen=True)
class Word:
    """One word of a search: as typed, its folded forms (several only for `l’école`), and its plain form for stems."""

    typed: str
    forms: tuple[str, ...]
    plain: str


LONGEST_QUERY, MOST_WORDS = 400, 16  # letters, words: what lies beyond is left out


def query_words(query: str, lang: str) -> list[Word]:
    """Words that are searched. Words without a topic are left out unless there are no others."""
    found: dict[str, Word] = {}
    for chunk in query[:LONGEST_QUERY].split():
        variants = _variants(chunk)
        for typed in _typed_words(chunk):
            plain_form = plain(typed)[:LONGEST_WORD]
            if not plain_form:
                continue
            forms = [fold(plain_form)]
            forms += [form for variant in variants[1:] for form in fold(variant).split()]
            found.setdefault(forms[0], Word(typed, tuple(dict.fromkeys(forms)), plain_form))
    words = list(found.values())
    telling = [word for word in words if not is_stopword(word.typed, lang)]
    return (telling or words)[:MOST_WORDS]


def _typed_words(chunk: str) -> list[str]:
    """The words of a chunk as typed: `Ánh-Müller,` holds two."""
    pieces, current = [], ""
    for letter in chunk:
        if plain(letter) or letter in _CUTS or not plain(f"a{letter}b").count(" "):
            current += letter
        else:
            pieces.append(current)
            current = ""
    pieces.append(current)
    return [piece for piece in pieces if plain(piece)]
