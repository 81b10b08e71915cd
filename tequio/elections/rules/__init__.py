"""Counting rules and lots: pure functions over whole numbers and fractions; each has an id and a version."""
