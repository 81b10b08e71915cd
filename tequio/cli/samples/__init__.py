"""Sample networks for ``tequio demo``, founded through the same services as any other."""
