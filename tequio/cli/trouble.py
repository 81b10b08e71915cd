"""What a command says when it cannot do what it was asked."""


class Trouble(Exception):
    """A command cannot go on; the message is a sentence that says what to do."""
