"""The command `tequio`, its process tree and the embedded PostgreSQL."""
