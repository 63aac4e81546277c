"""Read a tagged PDF the way a screen reader does: along its structure, replacement texts before glyphs."""

import io
import re
from itertools import groupby

from pypdf import PdfReader
from pypdf.generic import ContentStream

ORDER_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def elements(pdf: bytes) -> list[tuple[str, str]]:
    """(tag, text) of every element that holds text, in reading order."""
    reader = PdfReader(io.BytesIO(pdf))
    texts = {page.indirect_reference.idnum: _marked(page, reader) for page in reader.pages}
    found: list[tuple[str, list[str]]] = []
    _walk(reader.trailer["/Root"]["/StructTreeRoot"], None, None, texts, found)
    return [(tag, ORDER_MARKS.sub("", "".join(parts))) for tag, parts in found if parts]


def text(pdf: bytes) -> str:
    return "\n".join(words for _, words in elements(pdf))


def tags(pdf: bytes) -> list[str]:
    """Every structure element's kind, in order."""
    reader = PdfReader(io.BytesIO(pdf))
    found: list[tuple[str, list[str]]] = []
    _walk(reader.trailer["/Root"]["/StructTreeRoot"], None, None, {}, found)
    return [tag for tag, _ in found]


def _walk(node, page, holder, texts, found):
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            _walk(child, page, holder, texts, found)
    elif isinstance(node, int):
        holder.append(texts.get(page, {}).get(int(node), ""))
    elif node.get("/Type") == "/MCR":
        holder.append(texts.get(node.raw_get("/Pg").idnum, {}).get(int(node["/MCID"]), ""))
    elif "/K" in node or "/S" in node:
        if "/S" in node and node["/S"] not in ("/Span", "/Strong", "/Em", "/Link", "/Lbl"):
            holder = []
            found.append((node["/S"][1:], holder))
        if "/Pg" in node:
            page = node.raw_get("/Pg").idnum
        if "/K" in node:
            _walk(node["/K"], page, holder, texts, found)


def _marked(page, reader) -> dict[int, str]:
    """Marked-content number -> text. Pieces drawn from right to left are read so, as by their place on the page."""
    fonts = {}
    for name, font in (page["/Resources"].get("/Font") or {}).items():
        fonts[name] = _unicode(font.get_object()["/ToUnicode"].get_data().decode("latin1"))
    result: dict[int, list[tuple[bool, str]]] = {}
    stack: list[dict] = []
    font: dict[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator == b"BDC":
            stack.append(dict(operands[1], kind=operands[0]))
        elif operator == b"BMC":
            stack.append({"kind": operands[0]})
        elif operator == b"EMC":
            stack.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ"):
            number = next((int(level["/MCID"]) for level in stack if "/MCID" in level), None)
            if number is None:
                continue
            glyphs = operands[0] if operator == b"TJ" else [operands[0]]
            turned = any(level["kind"] == "/ReversedChars" for level in stack)
            replaced = next((level for level in reversed(stack) if "/ActualText" in level), None)
            if replaced is not None:
                piece = "" if replaced.get("used") else str(replaced["/ActualText"])
                replaced["used"] = True
            else:
                codes = [
                    code for part in glyphs if not isinstance(part, (int, float)) for code in _codes(part)
                ]
                signs = [font.get(code, "") for code in codes]
                piece = "".join(reversed(signs) if turned else signs)
            result.setdefault(number, []).append((turned, piece))
    return {number: _joined(pieces) for number, pieces in result.items()}


def _joined(pieces: list[tuple[bool, str]]) -> str:
    whole = ""
    for turned, run in groupby(pieces, key=lambda piece: piece[0]):
        parts = [piece for _, piece in run]
        whole += "".join(reversed(parts) if turned else parts)
    return whole


def _codes(part) -> list[int]:
    data = part.original_bytes if hasattr(part, "original_bytes") else bytes(part)
    return [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]


def _unicode(cmap: str) -> dict[int, str]:
    result: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, target in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            result[int(code, 16)] = bytes.fromhex(target).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for low, high, target in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int.from_bytes(bytes.fromhex(target), "big")
            for step in range(int(high, 16) - int(low, 16) + 1):
                result[int(low, 16) + step] = chr(start + step)
    return result
