"""What the atlas reckons, as pure functions."""
