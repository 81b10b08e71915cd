"""The Merkle tree over the entries. Source: RFC 6962 §2.1; its proofs are checked as in RFC 9162 §2.1.3 and §2.1.4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()

Levels = list[list[bytes]]
"""Hashes of all complete subtrees: level 0 are the leaves, level k the subtrees of 2**k leaves."""


def leaf_hash(data: bytes) -> bytes:
    """Hash one entry as a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into the one above them."""
    return sha256(b"\x01" + left + right).digest()


def grow(frontier: list[bytes], *, size: int, leaf: bytes) -> None:
    """Add a leaf to the roots of the complete subtrees, widest first, of a tree of this size."""
    frontier.append(leaf)
    while size & 1:
        right = frontier.pop()
        frontier[-1] = node_hash(frontier[-1], right)
        size >>= 1


def grow_by(frontier: list[bytes], *, size: int, leaves: Sequence[bytes]) -> None:
    """Add many leaves at once, level by level: quicker than one after the other."""
    row, edge = list(leaves), []
    while row:
        if size & 1:
            row.insert(0, frontier.pop())
        if len(row) & 1:
            edge.append(row.pop())
        each = iter(row)
        row = [sha256(b"\x01" + left + right).digest() for left, right in zip(each, each, strict=True)]
        size >>= 1
    frontier.extend(reversed(edge))


def frontier_root(frontier: Sequence[bytes]) -> bytes:
    """Fold the roots of the complete subtrees into the root of the tree."""
    if not frontier:
        return EMPTY
    root = frontier[-1]
    for left in reversed(frontier[:-1]):
        root = node_hash(left, root)
    return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree over these leaf hashes."""
    frontier: list[bytes] = []
    for size, leaf in enumerate(leaves):
        grow(frontier, size=size, leaf=leaf)
    return frontier_root(frontier)


def levels_of(leaves: Sequence[bytes]) -> Levels:
    """Hash every complete subtree once, so that each proof afterwards costs only its own length."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = range(0, len(below) - 1, 2)
        levels.append([node_hash(below[i], below[i + 1]) for i in pairs])
    return levels


def _subroot(levels: Levels, start: int, end: int) -> bytes:
    width = end - start
    if width & (width - 1) == 0:
        return levels[width.bit_length() - 1][start // width]
    split = start + _split(width)
    return node_hash(_subroot(levels, start, split), _subroot(levels, split, end))


def _split(width: int) -> int:
    return 1 << ((width - 1).bit_length() - 1)


def inclusion_proof(levels: Levels, *, index: int, size: int) -> list[bytes]:
    """Return the hashes that lead from a leaf to the root of the first `size` leaves. Source: RFC 6962 §2.1.1."""
    if not 0 <= index < size <= len(levels[0]):
        raise ValueError("No such leaf in a tree of this size.")
    proof = []
    start, end = 0, size
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            proof.append(_subroot(levels, split, end))
            end = split
        else:
            proof.append(_subroot(levels, start, split))
            start = split
    return proof[::-1]


def consistency_proof(levels: Levels, *, old: int, size: int) -> list[bytes]:
    """Return the hashes that show how the first `old` leaves begin the first `size`. Source: RFC 6962 §2.1.2."""
    if not 0 < old <= size <= len(levels[0]):
        raise ValueError("A tree only grows, and begins with one leaf.")
    proof = []
    start, end, whole = 0, size, True
    while end != old:
        split = start + _split(end - start)
        if old <= split:
            proof.append(_subroot(levels, split, end))
            end = split
        else:
            proof.append(_subroot(levels, start, split))
            start, whole = split, False
    if not whole:
        proof.append(_subroot(levels, start, end))
    return proof[::-1]


def includes(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the proof leads from this leaf to this root. Source: RFC 9162 §2.1.3.2."""
    if not 0 <= index < size or len(leaf) != len(EMPTY):
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def continues(*, old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether the tree of `size` begins with the whole tree of `old_size`. Source: RFC 9162 §2.1.4.2.

    An empty old tree proves nothing, so it is refused.
    """
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    return bool(path) and _walk(path, old_size - 1, size - 1, old_root, root)


def _walk(path: list[bytes], place: int, last: int, old_root: bytes, root: bytes) -> bool:
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == root
