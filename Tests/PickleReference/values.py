"""What stands on the stack of a stream that is read without being run: names, results of calls and references are inert marks,
numbers, strings and containers are Python's own. One description of a value serves for comparing readers."""


class Named:
    """A name that was looked up."""

    def __init__(self, module, name):
        self.module, self.name = module, name


class Result:
    """What a call would have given; `callee` is the Named, or None for something computed."""

    def __init__(self, callee):
        self.callee = callee


class Reference:
    """What a persistent id stands for."""


def plain(text):
    """The text where both sides are sure to write it alike: printable ASCII."""
    return text if all(" " <= letter <= "~" for letter in text) else "?"


def shown(value, depth=0):
    """A value as OpenscanArtefacts' `PickleMachine.description(of:)` writes it. Of lists, sets and dictionaries only the kind is
    said, since the machine keeps no more of them."""
    if value is None:
        return "N"
    if isinstance(value, bool):
        return "i1" if value else "i0"
    if isinstance(value, int):
        return f"i{value}" if abs(value) < 1 << 31 else "o"
    if isinstance(value, str):
        return "t:" + plain(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"b{len(value)}"
    if isinstance(value, tuple):
        return "(" + ",".join(shown(item, depth + 1) for item in value) + ")" if depth < 3 else "("
    if isinstance(value, list):
        return "l"
    if isinstance(value, dict):
        return "d"
    if isinstance(value, (set, frozenset)):
        return "s"
    if isinstance(value, Named):
        return f"g:{plain(value.module)} {plain(value.name)}"
    if isinstance(value, Result):
        return "r:" + (shown(value.callee)[2:] if value.callee else "?")
    if isinstance(value, Reference):
        return "p"
    return "o"
