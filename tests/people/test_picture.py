"""The picture that an authenticator app reads: small, and readable on a dark page too."""

import re

import qrcode

from tequio.people.accounts import picture_of

URL = "otpauth://totp/Tequio:ana@andina.example?secret=E2K7GYRYIBGIOUAVZIIOZSC6VICN7XUA&issuer=Tequio"


def dark_cells(svg: str) -> set[tuple[int, int]]:
    cells, x, y = set(), 0, 0
    for kind, length in re.findall(r"(M0 |m|h)([\d.]+)", svg.rpartition('d="')[2]):
        if kind == "M0 ":
            x, y = 0, int(float(length))
            continue
        if kind == "h":
            cells |= {(x + step, y) for step in range(int(length))}
        x += int(length)
    return cells


def test_the_picture_holds_every_dark_cell_of_the_code_and_no_other() -> None:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=3)
    code.add_data(URL)
    wanted = {(x, y) for y, row in enumerate(code.get_matrix()) for x, dark in enumerate(row) if dark}
    assert dark_cells(picture_of(URL)) == wanted


def test_the_picture_brings_its_own_white_ground_and_is_small() -> None:
    picture = picture_of(URL)
    assert 'fill="#fff"' in picture
    assert len(picture) < 4000
