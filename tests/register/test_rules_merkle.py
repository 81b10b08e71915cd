"""The Merkle tree against its definition, against proofs published elsewhere, and against forgers."""

import base64
import json
import os
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.register.rules import merkle
from tests.register.exports import calm

LEAVES = [merkle.leaf_hash(b"entry %d" % number) for number in range(60)]
LEVELS = merkle.levels_of(LEAVES)
HERE = Path(__file__).parent
PUBLISHED = Path(os.environ.get("SHARED", Path(__file__).parents[3] / "shared")) / "data/governance/merkle"


def by_definition(leaves: list[bytes]) -> bytes:
    """Compute the root as RFC 6962 §2.1 writes it down, without any cleverness."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = by_definition(leaves[:split]), by_definition(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("size", range(60))
def test_root_is_the_one_of_the_definition(size):
    assert merkle.root_of(LEAVES[:size]) == by_definition(LEAVES[:size])


@pytest.mark.parametrize("size", range(1, 60))
def test_every_leaf_of_every_tree_has_a_proof_and_only_at_its_place(size):
    root = by_definition(LEAVES[:size])
    for index in range(size):
        proof = merkle.inclusion_proof(LEVELS, index=index, size=size)
        here = {"size": size, "proof": proof, "root": root}
        assert merkle.includes(leaf=LEAVES[index], index=index, **here)
        assert not merkle.includes(leaf=LEAVES[index + 1], index=index, **here)
        assert not merkle.includes(leaf=LEAVES[index], index=index + size, **here)
        assert not any(
            merkle.includes(leaf=LEAVES[index], index=other, **here)
            for other in range(size)
            if other != index
        )


@pytest.mark.parametrize("size", range(1, 60))
def test_every_tree_continues_every_smaller_one(size):
    root = by_definition(LEAVES[:size])
    for old in range(1, size + 1):
        old_root = by_definition(LEAVES[:old])
        proof = merkle.consistency_proof(LEVELS, old=old, size=size)
        trees = {"old_size": old, "size": size, "root": root}
        assert merkle.continues(old_root=old_root, proof=proof, **trees)
        assert not merkle.continues(old_root=merkle.EMPTY, proof=proof, **trees)
        assert not merkle.continues(old_root=old_root, proof=[*proof, root], **trees)
        if proof:
            assert not merkle.continues(old_root=old_root, proof=proof[:-1], **trees)


@calm
@given(st.integers(1, 59), st.data())
def test_a_changed_proof_is_refused(size, data):
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(LEVELS, index=index, size=size)
    if not proof:
        return
    place = data.draw(st.integers(0, len(proof) - 1))
    bit = data.draw(st.integers(0, 255))
    proof[place] = (int.from_bytes(proof[place]) ^ (1 << bit)).to_bytes(32)
    root = merkle.root_of(LEAVES[:size])
    assert not merkle.includes(leaf=LEAVES[index], index=index, size=size, proof=proof, root=root)


def test_there_is_no_proof_of_what_is_not_there():
    for index, size in ((5, 5), (-1, 5), (0, 61)):
        with pytest.raises(ValueError, match="No such leaf"):
            merkle.inclusion_proof(LEVELS, index=index, size=size)
    for old, size in ((0, 5), (6, 5), (1, 61)):
        with pytest.raises(ValueError, match="only grows"):
            merkle.consistency_proof(LEVELS, old=old, size=size)


def test_a_hundred_thousand_leaves_take_a_moment():
    leaves = [number.to_bytes(32) for number in range(100_000)]
    levels = merkle.levels_of(leaves)
    root = merkle.root_of(leaves)
    proof = merkle.inclusion_proof(levels, index=77_777, size=100_000)
    assert len(proof) == 17
    assert merkle.includes(leaf=leaves[77_777], index=77_777, size=100_000, proof=proof, root=root)


def published(kind: str) -> list[tuple[str, dict]]:
    kept = json.loads((HERE / "merkle_vectors.json").read_text())[kind]
    found = [(f"kept: {one['desc']}", one) for one in kept]
    return found + [
        (path.stem, json.loads(path.read_text())) for path in sorted((PUBLISHED / kind).rglob("*.json"))
    ]


def raw(text: str | None) -> bytes:
    return base64.b64decode(text or "")


@pytest.mark.parametrize(("name", "given"), published("inclusion"))
def test_inclusion_as_published(name, given):
    found = merkle.includes(
        leaf=raw(given["leafHash"]),
        index=given["leafIdx"],
        size=given["treeSize"],
        proof=[raw(step) for step in given["proof"] or ()],
        root=raw(given["root"]),
    )
    assert found is not given["wantErr"]


@pytest.mark.parametrize(("name", "given"), published("consistency"))
def test_consistency_as_published(name, given):
    found = merkle.continues(
        old_size=given["size1"],
        old_root=raw(given["root1"]),
        size=given["size2"],
        root=raw(given["root2"]),
        proof=[raw(step) for step in given["proof"] or ()],
    )
    assert found is not given["wantErr"]
