"""The pages of persons, organizations and imports."""
