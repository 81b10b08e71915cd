"""What the pages of the atlas ask."""
