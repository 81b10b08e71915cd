"""Files by others are exactly those that were reviewed."""

from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_vendored_files_have_the_sums_of_the_lock():
    lines = [
        line.split() for line in (ROOT / "vendor.lock").read_text().splitlines() if line[:1] not in ("#", "")
    ]
    assert lines
    for path, _name, _licence, digest in lines:
        assert sha256((ROOT / path).read_bytes()).hexdigest() == digest, path


def test_nothing_vendored_is_missing_from_the_lock():
    listed = {
        line.split()[0]
        for line in (ROOT / "vendor.lock").read_text().splitlines()
        if line[:1] not in ("#", "")
    }
    found = {str(path.relative_to(ROOT)) for path in ROOT.glob("t*/**/*.min.js")}
    assert found == listed
