"""The pages of the atlas, one function each."""
