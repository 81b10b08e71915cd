"""What a survey asks, what an answer may be, and what many answers say: pure functions."""
