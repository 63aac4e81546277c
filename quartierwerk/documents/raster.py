"""A drawing as PNG, for Word, which shows SVG only with a picture to fall back on."""

from quartierwerk.documents import fonts
from quartierwerk.documents.printable import printable_drawing

DOTS_PER_INCH = 220
TEMPLATE = b"""#set page(width: auto, height: auto, margin: 0mm, fill: white)
#set text(font: ("Fira Sans", "Vazirmatn"))
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1mm)
"""


def png_of(svg: str, width_mm: float) -> bytes:
    import typst

    compiler = typst.Compiler(font_paths=fonts.loaded(), ignore_system_fonts=True)
    inputs = {"svg": printable_drawing(svg), "width": str(width_mm)}
    result = compiler.compile(input=TEMPLATE, format="png", ppi=DOTS_PER_INCH, sys_inputs=inputs)
    pages = result if isinstance(result, list) else [result]
    if not isinstance(pages[0], bytes):
        raise TypeError("typst gave no picture")
    return pages[0]
