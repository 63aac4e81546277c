"""Make an Arabic font whose printed text can be copied, searched and read out. Needs fontTools.

A PDF notes for each glyph which letters it shows, and readers put glyphs drawn from right to left back in order.
Three habits of Arabic fonts defeat them; each is mended here without changing what is seen:

- Lam and alef are one glyph, whose two letters readers turn around ("الألمانية" comes out as "األلمانية"). Here lam
  brings the whole shape and alef an empty one beside it.
- A vowel mark is a second glyph at another height, which is noted twice. Here letter and mark are one glyph.
- Full stops and brackets come from another font, which tears the text in pieces. Here the font has its own.
"""

from collections.abc import Iterator
from typing import Any

PUNCTUATION = ".:!()[]{}/-–—…\"'«»„“”‘’|•·%"
EMPTY = "empty"
MARKS = (*(f"uni{code:04X}" for code in range(0x064B, 0x0653)), "uni0670")


def mend(font: Any, latin: Any) -> None:
    """Change an Arabic font in place; `latin` is its sister with Latin letters."""
    _add_punctuation(font, latin)
    anchors = dict(_anchors(font))
    split = _split_lam_alef(font, anchors)
    _join_marks(font, anchors | split)
    font.setGlyphOrder(font["glyf"].glyphOrder)


def _add_punctuation(font: Any, latin: Any) -> None:
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyphs, names, known = latin.getGlyphSet(), latin.getBestCmap(), font.getBestCmap()
    for sign in PUNCTUATION:
        code = ord(sign)
        if code in known or code not in names:
            continue
        drawn, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
        glyphs[names[code]].draw(drawn)
        drawn.replay(pen)
        _add(font, f"sign{code:04X}", pen.glyph(), *latin["hmtx"][names[code]])
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = f"sign{code:04X}"


def _add(font: Any, name: str, glyph: Any, width: int, left: int) -> None:
    font["glyf"][name] = glyph
    font["hmtx"].metrics[name] = (width, left)


def _anchors(font: Any) -> Iterator[tuple[tuple[str, int, str], tuple[int, int]]]:
    """(glyph, which letter of it, mark) -> how far the mark is moved onto it. Later lookups win, as in shaping."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            kind = type(table).__name__
            if kind == "MarkBasePos":
                records = [[record.BaseAnchor] for record in table.BaseArray.BaseRecord]
                covered = table.BaseCoverage.glyphs
            elif kind == "MarkLigPos":
                ligatures = table.LigatureArray.LigatureAttach
                records = [[part.LigatureAnchor for part in attach.ComponentRecord] for attach in ligatures]
                covered = table.LigatureCoverage.glyphs
            else:
                continue
            marks = dict(zip(table.MarkCoverage.glyphs, table.MarkArray.MarkRecord, strict=True))
            for base, parts in zip(covered, records, strict=True):
                for at, part in enumerate(parts):
                    for mark, record in marks.items():
                        place = part[record.Class]
                        if place is not None:
                            origin = record.MarkAnchor
                            moved = (
                                place.XCoordinate - origin.XCoordinate,
                                place.YCoordinate - origin.YCoordinate,
                            )
                            yield (base, at, mark), moved


def _split_lam_alef(font: Any, anchors: dict[Any, tuple[int, int]]) -> dict[Any, tuple[int, int]]:
    """Replace the ligatures of two letters; returns where marks sit on their halves."""
    from fontTools.ttLib.tables import otTables
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    lookups = font["GSUB"].table.LookupList
    halves: dict[Any, tuple[int, int]] = {}
    for at in range(len(lookups.Lookup)):
        lookup = lookups.Lookup[at]
        pairs = [
            (first, ligature.Component[0], ligature.LigGlyph)
            for table in lookup.SubTable
            for first, ligatures in getattr(table, "ligatures", {}).items()
            for ligature in ligatures
            if len(ligature.Component) == 1 and ligature.Component[0] in ALEFS
        ]
        if not pairs:
            continue
        context = otTables.Lookup()
        context.LookupType, context.LookupFlag, context.SubTable = 6, lookup.LookupFlag, []
        for lam, alef, whole in pairs:
            _add(font, f"{whole}.whole", _composite([(whole, 0, 0)]), *font["hmtx"][whole])
            _add(font, f"{whole}.rest", Glyph(), 0, 0)
            for (glyph, part, mark), moved in anchors.items():
                if glyph == whole:
                    halves[f"{whole}.{'whole' if part == 0 else 'rest'}", 0, mark] = moved
            rules = [_single(lookups, lam, f"{whole}.whole"), _single(lookups, alef, f"{whole}.rest")]
            context.SubTable.append(_in_context(font, [lam, alef], rules))
        context.SubTableCount = len(context.SubTable)
        lookups.Lookup[at] = context
    lookups.LookupCount = len(lookups.Lookup)
    return halves


ALEFS = ("uniFE8E", "uniFE82", "uniFE84", "uniFE88", "uniFB51")


def _single(lookups: Any, source: str, target: str) -> int:
    """A lookup that turns one glyph into another, used by context only; returns its number."""
    from fontTools.ttLib.tables import otTables

    table = otTables.SingleSubst()
    table.mapping = {source: target}
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag, lookup.SubTable, lookup.SubTableCount = 1, 0, [table], 1
    lookups.Lookup.append(lookup)
    return len(lookups.Lookup) - 1


def _in_context(font: Any, glyphs: list[str], rules: list[int]) -> Any:
    from fontTools.ttLib.tables import otTables

    table = otTables.ChainContextSubst()
    table.Format = 3
    table.BacktrackCoverage, table.LookAheadCoverage, table.InputCoverage = [], [], []
    for name in glyphs:
        coverage = otTables.Coverage()
        coverage.glyphs = [name]
        table.InputCoverage.append(coverage)
    table.SubstLookupRecord = []
    for place, rule in enumerate(rules):
        record = otTables.SubstLookupRecord()
        record.SequenceIndex, record.LookupListIndex = place, rule
        table.SubstLookupRecord.append(record)
    table.BacktrackGlyphCount = table.LookAheadGlyphCount = 0
    table.InputGlyphCount, table.SubstCount = len(glyphs), len(rules)
    return table


def _join_marks(font: Any, anchors: dict[Any, tuple[int, int]]) -> None:
    """One glyph per letter form and mark, put in by the last of the ordinary ligatures."""
    from fontTools.ttLib.tables import otTables

    glyf = font["glyf"]
    stacked = {name for name in glyf.keys() if name.startswith("uni0651") or name.startswith("uni064")}  # noqa: SIM118
    wanted = {*MARKS, *(name for name in stacked if len(name) == 11)}
    ligatures: dict[str, list[Any]] = {}
    for (base, part, mark), (right, up) in anchors.items():
        if part or mark not in wanted:
            continue
        joined = f"{base}_{mark}"
        empty = glyf[base].numberOfContours == 0
        _add(
            font,
            joined,
            _composite([(mark, right, up)] if empty else [(base, 0, 0), (mark, right, up)]),
            *font["hmtx"][base],
        )
        ligature = otTables.Ligature()
        ligature.Component, ligature.LigGlyph, ligature.CompCount = [mark], joined, 2
        ligatures.setdefault(base, []).append(ligature)
    table = otTables.LigatureSubst()
    table.ligatures = ligatures
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag, lookup.SubTable, lookup.SubTableCount = 4, 1, [table], 1
    gsub = font["GSUB"].table
    gsub.LookupList.Lookup.append(lookup)
    gsub.LookupList.LookupCount = len(gsub.LookupList.Lookup)
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "liga":
            record.Feature.LookupListIndex.append(gsub.LookupList.LookupCount - 1)
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def _composite(parts: list[tuple[str, int, int]]) -> Any:
    from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = []
    for name, right, up in parts:
        part = GlyphComponent()
        part.glyphName, part.x, part.y, part.flags = name, right, up, 0x0002 | 0x0004
        glyph.components.append(part)
    return glyph
