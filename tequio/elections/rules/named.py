"""The names that people give to the rules, by what they count."""

RANKED = ("scottish-stv", "schulze", "irv")
APPROVED = ("approval", "equal-shares-seats", "seq-phragmen", "objectives")
FUNDED = ("equal-shares", "equal-shares-add1", "greedy")
SCORED = ("score",)
RULES = (*RANKED, *APPROVED, *FUNDED, *SCORED)
