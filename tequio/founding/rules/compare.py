"""What a share means for a number of members, in whole numbers."""


def least_yes(members: int, *, numerator: int = 3, denominator: int = 4) -> int:
    """Return how many of ``members`` voices are enough: 9 of 12 for three quarters. Source: GOV-26."""
    return max(1, -(-members * numerator // denominator))
