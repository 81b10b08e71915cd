"""The pages of surveys, one file a room."""
