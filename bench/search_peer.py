"""The peer of the search: PostgreSQL full text with pg_trgm, on the same offers, indexed as well as we know how.

Each offer is one row with a weighted `tsvector` of all its texts (German stems and plain words, title A, text D), both
folded without umlauts, and the folded titles for trigrams. Searching goes in steps as ours does: every word as a beginning
by full text, any word of a question, and trigram similarity of the title where full text finds nothing. Each step gives
the best twenty and the true count.
"""

import unicodedata
from collections.abc import Iterable

import psycopg

from quartierwerk.search.index import Document

TABLE = """
create extension if not exists pg_trgm;
create table offer (
    id bigint primary key, tenant int not null, place text not null, is_free boolean not null,
    title text not null, words tsvector not null
);
"""
INDEXES = """
create index on offer using gin (words);
create index on offer using gin (title gin_trgm_ops);
create index on offer (tenant, is_free);
create index on offer (place);
vacuum analyze offer;
"""
INSERT = """
insert into offer values (%s, %s, %s, %s, %s,
    setweight(to_tsvector('german', %s), 'A') || setweight(to_tsvector('simple', %s), 'A')
    || setweight(to_tsvector('german', %s), 'D') || setweight(to_tsvector('simple', %s), 'D'))
"""
FILTERS = " and (%(tenants)s::int[] is null or tenant = any(%(tenants)s)) and (%(free)s::boolean is null or is_free = %(free)s)" \
          " and (%(place)s::text is null or place = %(place)s)"  # fmt: skip
FULL_TEXT = f"""
with found as materialized (select id, words from offer where words @@ to_tsquery('simple', %(query)s){FILTERS})
select id, (select count(*) from found) from found order by ts_rank(words, to_tsquery('simple', %(query)s)) desc, id limit 20
"""
SIMILAR = f"""
with found as materialized (select id, title from offer where %(typed)s <%% title{FILTERS})
select id, (select count(*) from found) from found order by word_similarity(%(typed)s, title) desc, id limit 20
"""


def folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))


class Peer:
    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True, prepare_threshold=2)
        # As a search that forgives typing errors is usually set up; the default of 0.6 misses swapped letters.
        self.connection.execute("set pg_trgm.word_similarity_threshold = 0.5")

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

    def size(self) -> int:
        """Bytes of the table with its indexes."""
        return self.connection.execute("select pg_total_relation_size('offer')").fetchone()[0]

    def search(self, typed: str, *, tenants=None, facets=None) -> tuple[list[int], int]:
        facets = facets or {}
        free, place = facets.get("free"), facets.get("place")
        values = {
            "tenants": tenants,
            "free": None if free is None else free == ["yes"],
            "place": place[0] if place else None,
            "typed": folded(typed),
        }
        words = [word for word in folded(typed).split() if word not in ("wo", "finde", "ich", "mit", "in")]
        for joint in (" & ", " | ") if len(words) > 3 else (" & ",):
            rows = self._rows(FULL_TEXT, {**values, "query": joint.join(f"{word}:*" for word in words)})
            if rows:
                break
        rows = rows or self._rows(SIMILAR, values)
        return [row[0] for row in rows], rows[0][1] if rows else 0

    def _rows(self, statement: str, values: dict) -> list[tuple]:
        return self.connection.execute(statement, values).fetchall()


def _row(document: Document) -> tuple:
    title = folded(" ".join(text.title for text in document.texts.values()))
    body = folded(" ".join(f"{text.text} {text.extra}" for text in document.texts.values()))
    facets = dict(facet.split(":", 1) for facet in document.facets)
    place, free = facets["place"], facets["free"] == "yes"
    return (int(document.id), document.tenant, place, free, title, title, title, body, body)
