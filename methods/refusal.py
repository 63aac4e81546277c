"""The one error of this package: input that cannot be computed honestly."""


class Refused(ValueError):
    """The input is refused as a whole; the text names the row and column and says what to do.

    Nothing is computed around a bad cell: a number that looks right would be worse than none.
    """
