"""Reading the outside world's files: bytes in, values out."""
