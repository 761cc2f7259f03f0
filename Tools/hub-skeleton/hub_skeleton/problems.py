"""What can go wrong, and what it means for a file or a repository."""

MOST_WORDS = 200


def shown(text):
    """Words from elsewhere, in one printable line of bounded length."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(text))
    return " ".join(text.split())[:MOST_WORDS]


class Problem(Exception):
    """A file or repository that cannot be had; the words say why."""


class Denied(Problem):
    """The hub gives it only to whom it lets in."""


class NoRanges(Problem):
    """The server sends everything, whatever is asked for."""


class UsedUp(Problem):
    """The bytes that one repository may cost are spent."""


class Damaged(Problem):
    """What came is not what the hub says that it is."""
