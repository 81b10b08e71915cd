"""An address as a picture that phones read."""


def svg(text: str, *, label: str) -> str:
    """Return a QR code as SVG, dark on white also where the page is dark; ``label`` is read aloud and must be escaped."""
    from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]
    from qrcode.main import QRCode  # type: ignore[import-untyped]

    code: QRCode[object] = QRCode(error_correction=ERROR_CORRECT_M, border=3)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    runs = "".join(f"M{x} {y}h{width}v1h-{width}z" for y, row in enumerate(rows) for x, width in _dark(row))
    size = len(rows)
    return (
        f'<svg viewBox="0 0 {size} {size}" width="220" height="220" role="img" aria-label="{label}" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path fill="#000" d="{runs}"/></svg>'
    )


def _dark(row: list[bool | None]) -> list[tuple[int, int]]:
    """Return where each run of dark squares begins, and how wide it is."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs
