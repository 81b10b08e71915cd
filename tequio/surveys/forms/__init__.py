"""The forms of surveys, one file a room."""
