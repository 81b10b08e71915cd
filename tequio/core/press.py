"""Run alone: reads a page of HTML, writes it as a tagged PDF; fetches nothing."""

import sys
from typing import Any, NoReturn


def nothing(url: str, *_args: Any, **_kwargs: Any) -> NoReturn:
    """Refuse to fetch anything: what a document holds came with it."""
    raise ValueError(f"a document fetches nothing: {url[:100]}")


def main() -> None:
    """Print."""
    from weasyprint import HTML

    page = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(HTML(string=page, url_fetcher=nothing).write_pdf(pdf_variant="pdf/ua-1"))


if __name__ == "__main__":
    main()
