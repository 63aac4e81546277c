"""The word mark and the code to scan, as vectors."""

MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke-width="4" stroke="#000">'
    '<path d="M27 18.5V6.5A2.5 2.5 0 0 0 24.5 4h-17A2.5 2.5 0 0 0 5 6.5v17A2.5 2.5 0 0 0 7.5 26H17"/>'
    '<path d="m16.5 15.5 11 12"/></svg>'
)


def qr_code(address: str, *, border: int = 4) -> str:
    """A QR code of the address as SVG, medium error correction.

    border  white modules around it; 0 only where the page itself is white that far
    """
    import segno

    code = segno.make_qr(address, error="m")
    rows = [bytes(row) for row in code.matrix]
    size = len(rows) + 2 * border
    path = "".join(_runs(row, border, y + border) for y, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def _runs(row: bytes, left: int, y: int) -> str:
    """Dark modules of a row as one rectangle per run."""
    parts, x = [], 0
    while x < len(row):
        if not row[x]:
            x += 1
            continue
        start = x
        while x < len(row) and row[x]:
            x += 1
        parts.append(f"M{start + left} {y}h{x - start}v1h-{x - start}z")
    return "".join(parts)
