"""The forms of persons, organizations and imports."""
