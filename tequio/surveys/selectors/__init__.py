"""Every read of surveys, one file a room."""
