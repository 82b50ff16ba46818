"""A QR code as the path of an SVG: presentation attributes only, as the Content-Security-Policy asks."""

import qrcode  # type: ignore[import-untyped]  # it has no types

BORDER = 4  # modules, as the standard asks


def qr_path(text: str) -> tuple[int, str]:
    """The side of the square in modules, and the path that draws the dark ones."""
    code = qrcode.QRCode(border=BORDER, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return len(rows), path
