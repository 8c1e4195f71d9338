"""What the catalogue does not allow, said in words that a page can show."""


class Refused(Exception):
    """What an editor asked for is not done and nothing was changed; ``sentence`` says why in the reader's language."""

    def __init__(self, sentence, *, missing=()):
        super().__init__(sentence)
        self.sentence = sentence
        self.missing = tuple(missing)  # the requirements a record does not meet, where that is the reason
