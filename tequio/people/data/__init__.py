"""Data that ships with Tequio: the table of places. See README.md for its source and license."""
