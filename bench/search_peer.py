"""The peers of the search: PostgreSQL full text with pg_trgm, on the same offers, plain and as good as we know how.

`Plain` is what one writes first: one table with a `tsvector` and the text itself, an index of trigrams on that text, and one
statement in which each word is a beginning or resembles a word of the text.

`Peer` is tuned. Each offer is one row with a weighted `tsvector` of all its texts (German stems and plain words, title A, text
D), both folded without umlauts. A table of all words, as the manual of pg_trgm advises, tells which words end like a typed one
(joined German words) and, where a typed word stands nowhere, which resemble it most. Then one full-text query gives the best
twenty and the true count: every word as a beginning or as one of those, any of the words where that finds nothing.
"""

import unicodedata
from collections.abc import Iterable
from pathlib import Path

import psycopg

from quartierwerk.search.index import Document

TABLE = """
create extension if not exists pg_trgm;
create table offer (
    id bigint primary key, tenant int not null, place text not null, is_free boolean not null,
    words tsvector not null
);
"""
INDEXES = """
create index on offer using gin (words);
create index on offer (tenant, is_free);
create index on offer (place);
create table word as select word from ts_stat('select words from offer');
create index on word using gin (word gin_trgm_ops);
create index on word (word text_pattern_ops);
vacuum analyze offer;
vacuum analyze word;
"""
INSERT = """
insert into offer values (%s, %s, %s, %s,
    setweight(to_tsvector('german', %s), 'A') || setweight(to_tsvector('simple', %s), 'A')
    || setweight(to_tsvector('german', %s), 'D') || setweight(to_tsvector('simple', %s), 'D'))
"""
FILTERS = " and (%(tenants)s::int[] is null or tenant = any(%(tenants)s)) and (%(free)s::boolean is null or is_free = %(free)s)" \
          " and (%(place)s::text is null or place = %(place)s)"  # fmt: skip
FULL_TEXT = f"""
with found as materialized (select id, words from offer where words @@ to_tsquery('simple', %(query)s){FILTERS})
select id, (select count(*) from found) from found order by ts_rank(words, to_tsquery('simple', %(query)s)) desc, id limit 20
"""
WORDS = """
select typed, exists (select from word where word like typed || '%%'),
    case when length(typed) > 3 then array(select word from word where word like '%%_' || typed limit 200) else '{}' end
from unnest(%s::text[]) typed
"""
SIMILAR = "select word from word where word %% %s order by similarity(word, %s) desc limit 10"


STOPPED = {"wo", "finde", "ich", "mit", "in"}


def folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))


class Peer:
    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True, prepare_threshold=2)
        # Two swapped letters in a word of eight leave it a likeness of about this much.
        self.connection.execute("set pg_trgm.similarity_threshold = 0.35")

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, *_error) -> None:
        self.connection.close()

    def build(self, documents: Iterable[Document]) -> None:
        self.connection.execute(TABLE)
        with self.connection.cursor() as cursor, self.connection.transaction():
            cursor.executemany(INSERT, (_row(document) for document in documents))
        for statement in INDEXES.strip().split(";\n"):
            self.connection.execute(statement)

    def computing(self) -> float:
        """Seconds the server's process for this connection has been computing; parallel workers not counted."""
        return int(Path(f"/proc/{self.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9

    def size(self) -> int:
        """Bytes of both tables with their indexes."""
        return self.connection.execute(
            "select pg_total_relation_size('offer') + pg_total_relation_size('word')"
        ).fetchone()[0]

    def search(self, typed: str, *, tenants=None, facets=None) -> tuple[list[int], int]:
        facets = facets or {}
        free, place = facets.get("free"), facets.get("place")
        values = {
            "tenants": tenants,
            "free": None if free is None else free == ["yes"],
            "place": place[0] if place else None,
        }
        words = [word for word in folded(typed).split() if word not in STOPPED]
        meant = [self._meant(*row) for row in self.connection.execute(WORDS, [words]).fetchall()]
        rows: list[tuple] = []
        for joint in (" & ", " | "):
            rows = self._rows(FULL_TEXT, {**values, "query": joint.join(meant)})
            if rows:
                break
        return [row[0] for row in rows], rows[0][1] if rows else 0

    def _meant(self, typed: str, is_known: bool, ends: list[str]) -> str:
        if not is_known and not ends:
            ends = [row[0] for row in self.connection.execute(SIMILAR, [typed, typed]).fetchall()]
        return "(" + " | ".join([f"{typed}:*", *(f"'{word}'" for word in ends)]) + ")"

    def _rows(self, statement: str, values: dict) -> list[tuple]:
        return self.connection.execute(statement, values).fetchall()


def _row(document: Document) -> tuple:
    title = folded(" ".join(text.title for text in document.texts.values()))
    body = folded(" ".join(f"{text.text} {text.extra}" for text in document.texts.values()))
    facets = dict(facet.split(":", 1) for facet in document.facets)
    place, free = facets["place"], facets["free"] == "yes"
    return (int(document.id), document.tenant, place, free, title, title, body, body)


PLAIN_TABLE = """
create table plain (
    id bigint primary key, tenant int not null, place text not null, is_free boolean not null,
    words tsvector not null, text text not null
);
"""
PLAIN_INSERT = """
insert into plain select id, tenant, place, is_free, words, %s from offer where id = %s
"""
PLAIN_INDEXES = """
create index on plain using gin (words);
create index on plain using gin (text gin_trgm_ops);
create index on plain (tenant, is_free);
create index on plain (place);
vacuum analyze plain;
"""


class Plain(Peer):
    """Beside the other's table, whose rows it takes: `build` that first."""

    def build(self, documents: Iterable[Document]) -> None:
        self.connection.execute(PLAIN_TABLE)
        with self.connection.cursor() as cursor, self.connection.transaction():
            cursor.executemany(PLAIN_INSERT, (_plain_row(document) for document in documents))
        for statement in PLAIN_INDEXES.strip().split(";\n"):
            self.connection.execute(statement)

    def search(self, typed: str, *, tenants=None, facets=None) -> tuple[list[int], int]:
        facets = facets or {}
        free, place = facets.get("free"), facets.get("place")
        words = [word for word in folded(typed).split() if word not in STOPPED]
        values = {
            "tenants": tenants,
            "free": None if free is None else free == ["yes"],
            "place": place[0] if place else None,
            "query": " | ".join(f"{word}:*" for word in words),
        }
        conditions = []
        for number, word in enumerate(words):
            values |= {f"word{number}": word, f"beginning{number}": f"{word}:*"}
            conditions.append(
                f"(words @@ to_tsquery('simple', %(beginning{number})s) or %(word{number})s <%% text)"
            )
        statement = (
            f"select id, count(*) over () from plain where {' and '.join(conditions)}{FILTERS}"
            " order by ts_rank(words, to_tsquery('simple', %(query)s)) desc, id limit 20"
        )
        rows = self._rows(statement, values)
        return [row[0] for row in rows], rows[0][1] if rows else 0


def _plain_row(document: Document) -> tuple[str, int]:
    texts = document.texts.values()
    return folded(" ".join(f"{text.title} {text.text} {text.extra}" for text in texts)), int(document.id)
