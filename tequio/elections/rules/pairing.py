"""Checking a BLS signature over the curve BLS12-381, with whole numbers alone.

Only checking: there are no secrets here, so nothing needs to take the same time for every input. A number of the
field Fp2 is a pair (a, b) that means a + b·u with u² = -1; a point is a pair of them, None the point at infinity.
Both groups share this arithmetic: the first one's coordinates have b = 0.

Sources: RFC 9380 (hashing to the curve), draft-irtf-cfrg-pairing-friendly-curves (the curve and its encoding).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from tequio.elections.rules import pairing_constants as known
from tequio.elections.rules.pairing_constants import ORDER, P

Fp2 = tuple[int, int]
if TYPE_CHECKING:  # Python 3.9 cannot say it while it runs
    Point = tuple[Fp2, Fp2] | None
ZERO: Fp2 = (0, 0)
ONE: Fp2 = (1, 0)


class BadPoint(ValueError):
    """These bytes are no point of the group."""


@dataclass(frozen=True)
class Group:
    """One of the two groups: its curve y² = x³ + b, and how texts are hashed into it."""

    b: Fp2
    generator: Point
    size: int
    degree: int
    root: Callable[[Fp2], Fp2 | None]
    sswu: tuple[Fp2, Fp2, Fp2]
    isogeny: tuple[tuple[Fp2, ...], ...]
    cofactor: int


def _add(a: Fp2, b: Fp2) -> Fp2:
    return (a[0] + b[0]) % P, (a[1] + b[1]) % P


def _sub(a: Fp2, b: Fp2) -> Fp2:
    return (a[0] - b[0]) % P, (a[1] - b[1]) % P


def _mul(a: Fp2, b: Fp2) -> Fp2:
    return (a[0] * b[0] - a[1] * b[1]) % P, (a[0] * b[1] + a[1] * b[0]) % P


def _inverse(a: Fp2) -> Fp2:
    norm = pow(a[0] * a[0] + a[1] * a[1], -1, P)
    return a[0] * norm % P, -a[1] * norm % P


def _root_of_number(a: int) -> int | None:
    found = pow(a, (P + 1) // 4, P)
    return found if found * found % P == a % P else None


def _root1(a: Fp2) -> Fp2 | None:
    """Return a square root within Fp, where the first group lives."""
    found = _root_of_number(a[0])
    return None if found is None else (found, 0)


def _root2(a: Fp2) -> Fp2 | None:
    """Return a square root within Fp2."""
    if a[1] == 0:
        real, imaginary = _root_of_number(a[0]), _root_of_number(-a[0])
        return (real, 0) if real is not None else (0, imaginary or 0)
    norm = _root_of_number(a[0] * a[0] + a[1] * a[1])
    if norm is None:
        return None
    for sign in (norm, -norm):
        real = _root_of_number((a[0] + sign) * known.HALF)
        if real:
            return real, a[1] * pow(2 * real, -1, P) % P
    return None


G1 = Group(
    b=(4, 0),
    generator=known.G1,
    size=48,
    degree=1,
    root=_root1,
    sswu=known.SSWU1,
    isogeny=known.ISOGENY1,
    cofactor=known.COFACTOR1,
)
G2 = Group(
    b=(4, 4),
    generator=known.G2,
    size=96,
    degree=2,
    root=_root2,
    sswu=known.SSWU2,
    isogeny=known.ISOGENY2,
    cofactor=known.COFACTOR2,
)


def negative(point: Point) -> Point:
    """Return the point that is its opposite."""
    return None if point is None else (point[0], _sub(ZERO, point[1]))


def _slope(one: tuple[Fp2, Fp2], other: tuple[Fp2, Fp2]) -> Fp2 | None:
    """Return the slope of the line through two points, the tangent where they are the same; None if it is upright."""
    (x1, y1), (x2, y2) = one, other
    if x1 != x2:
        return _mul(_sub(y2, y1), _inverse(_sub(x2, x1)))
    if y1 != y2 or y1 == ZERO:
        return None
    return _mul(_mul((3, 0), _mul(x1, x1)), _inverse(_add(y1, y1)))


def plus(one: Point, other: Point) -> Point:
    """Add two points of a curve."""
    if one is None or other is None:
        return one or other
    slope = _slope(one, other)
    if slope is None:
        return None
    x = _sub(_sub(_mul(slope, slope), one[0]), other[0])
    return x, _sub(_mul(slope, _sub(one[0], x)), one[1])


def times(point: Point, number: int) -> Point:
    """Add a point to itself so many times."""
    result: Point = None
    while number:
        if number & 1:
            result = plus(result, point)
        point = plus(point, point)
        number >>= 1
    return result


def read_point(data: bytes, *, group: Group) -> Point:
    """Read a compressed point; raise BadPoint for what is none of the group."""
    if len(data) != group.size or data[0] & 0xC0 != 0x80:
        raise BadPoint("a point is written compressed, and is not the one at infinity")
    numbers = [int.from_bytes(data[at : at + 48], "big") for at in range(0, group.size, 48)]
    numbers[0] &= (1 << 381) - 1
    if max(numbers) >= P:
        raise BadPoint("a coordinate is too large")
    x: Fp2 = (numbers[-1], numbers[0]) if group.degree == 2 else (numbers[0], 0)
    y = group.root(_add(_mul(x, _mul(x, x)), group.b))
    if y is None:
        raise BadPoint("it does not lie on the curve")
    other = _sub(ZERO, y)
    large = y[::-1] > other[::-1]
    point = x, (y if large == bool(data[0] & 0x20) else other)
    if times(point, ORDER) is not None:
        raise BadPoint("it lies on the curve, but outside the group")
    return point


def _expanded(message: bytes, tag: bytes, length: int) -> bytes:
    """Source: RFC 9380 §5.3.1."""
    tag += bytes([len(tag)])
    start = sha256(bytes(64) + message + length.to_bytes(2, "big") + b"\0" + tag).digest()
    blocks = [sha256(start + b"\1" + tag).digest()]
    while 32 * len(blocks) < length:
        mixed = bytes(a ^ b for a, b in zip(start, blocks[-1], strict=True))
        blocks.append(sha256(mixed + bytes([len(blocks) + 1]) + tag).digest())
    return b"".join(blocks)[:length]


def _sign(a: Fp2) -> int:
    return (a[0] or a[1]) % 2


def _mapped(u: Fp2, group: Group) -> tuple[Fp2, Fp2]:
    """Map a number to the curve beside the group's own, then along the isogeny. Source: RFC 9380 §6.6.2, §6.6.3."""
    a, b, z = group.sswu
    step = _mul(z, _mul(u, u))
    spread = _add(_mul(step, step), step)
    if spread == ZERO:
        x = _mul(b, _inverse(_mul(z, a)))
    else:
        x = _mul(_sub(ZERO, _mul(b, _inverse(a))), _add(ONE, _inverse(spread)))
    y = group.root(_curve_of(x, a, b))
    if y is None:
        x = _mul(step, x)
        y = group.root(_curve_of(x, a, b))
    if y is None:
        raise BadPoint("one of the two is always a square")
    if _sign(u) != _sign(y):
        y = _sub(ZERO, y)
    over_x, under_x, over_y, under_y = (_polynomial(one, x) for one in group.isogeny)
    return _mul(over_x, _inverse(under_x)), _mul(y, _mul(over_y, _inverse(under_y)))


def _curve_of(x: Fp2, a: Fp2, b: Fp2) -> Fp2:
    return _add(_mul(_add(_mul(x, x), a), x), b)


def _polynomial(coefficients: tuple[Fp2, ...], x: Fp2) -> Fp2:
    result = ZERO
    for one in reversed(coefficients):
        result = _add(_mul(result, x), one)
    return result


def hashed(message: bytes, *, tag: bytes, group: Group) -> Point:
    """Hash a message to a point of a group. Source: RFC 9380 §3, suites BLS12381G1 and BLS12381G2."""
    data = _expanded(message, tag, 2 * group.degree * 64)
    numbers = [int.from_bytes(data[at : at + 64], "big") % P for at in range(0, len(data), 64)]
    if group.degree == 2:
        pairs = [(numbers[0], numbers[1]), (numbers[2], numbers[3])]
    else:
        pairs = [(numbers[0], 0), (numbers[1], 0)]
    return times(plus(_mapped(pairs[0], group), _mapped(pairs[1], group)), group.cofactor)


# Numbers of Fp12 are lists of twelve, powers of w with w¹² = 2·w⁶ - 2; then u = w⁶ - 1.


def _mul12(a: list[int], b: list[int]) -> list[int]:
    wide = [0] * 23
    for i, one in enumerate(a):
        if one:
            for j, other in enumerate(b):
                wide[i + j] += one * other
    for power in range(22, 11, -1):
        wide[power - 6] += 2 * wide[power]
        wide[power - 12] -= 2 * wide[power]
    return [one % P for one in wide[:12]]


def _line(slope: Fp2, at: tuple[Fp2, Fp2], point: tuple[Fp2, Fp2]) -> list[int]:
    """Evaluate at a point of the first group the line of this slope through one of the second."""
    constant = _sub(_mul(slope, at[0]), at[1])
    falling = slope[0] * -point[0][0] % P, slope[1] * -point[0][0] % P
    line = [0] * 12
    line[0], line[6] = constant[0] - constant[1], constant[1]
    line[2], line[8] = falling[0] - falling[1], falling[1]
    line[3] = point[1][0]
    return line


def _miller(first: tuple[Fp2, Fp2], second: tuple[Fp2, Fp2]) -> list[int]:
    """Run the loop of the ate pairing; what its last step would remove is left to the exponent."""
    value, moving = [1] + [0] * 11, second
    for bit in bin(known.PARAMETER)[3:]:
        value = _mul12(value, value)
        for other in (moving, second) if bit == "1" else (moving,):
            slope = _slope(moving, other)
            following = plus(moving, other)
            if slope is None or following is None:
                raise BadPoint("a point outside the group")
            value = _mul12(value, _line(slope, moving, first))
            moving = following
    return value


def pairs_cancel(*pairs: tuple[Point, Point]) -> bool:
    """Tell whether the pairings of these points, multiplied, give one."""
    value = [1] + [0] * 11
    for first, second in pairs:
        if first is None or second is None:
            raise BadPoint("the point at infinity proves nothing")
        value = _mul12(value, _miller(first, second))
    # The exponent (p¹² - 1)/r is (p⁶ - 1) · (p² + 1) · what is left. Raising to p² or p⁶ is cheap, and a number
    # raised to p⁶ - 1 is one exactly when p⁶ leaves it as it was: when it has no odd powers of w.
    turn = _turn()
    turned = [one * pow(turn, power, P) % P for power, one in enumerate(value)]
    result = _power12(_mul12(turned, value), (P**4 - P**2 + 1) // ORDER)
    return any(result) and not any(result[1::2])


def _turn() -> int:
    """Return what raising w to p² multiplies it with: a sixth root of one."""
    result, base, power = ONE, (1, 1), (P * P - 1) // 6
    while power:
        if power & 1:
            result = _mul(result, base)
        base, power = _mul(base, base), power >> 1
    return result[0]


def _power12(value: list[int], power: int) -> list[int]:
    result = value
    for bit in bin(power)[3:]:
        result = _mul12(result, result)
        if bit == "1":
            result = _mul12(result, value)
    return result


def signature_holds(
    signature: bytes, *, message: bytes, public_key: bytes, signatures_in: Group, tag: bytes
) -> bool:
    """Tell whether a BLS signature over the message fits the public key, which lies in the other group."""
    try:
        signed = read_point(signature, group=signatures_in)
        key = read_point(public_key, group=G2 if signatures_in is G1 else G1)
    except BadPoint:
        return False
    asked = hashed(message, tag=tag, group=signatures_in)
    if signatures_in is G1:
        return pairs_cancel((negative(signed), G2.generator), (asked, key))
    return pairs_cancel((negative(G1.generator), signed), (key, asked))
