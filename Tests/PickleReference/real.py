"""The readers of CPython themselves, made to look up and call nothing: names are types that only write down what is done to them."""

import io
import pickle

from values import Named, Reference, Result, plain


class Recorder:
    """Names, results and references of one load."""

    def __init__(self):
        self.events = []
        recorder = self

        class Changes:
            def note(self, how):
                pass

            def __setstate__(self, state):
                self.note("build")

            def append(self, item):
                self.note("append")

            def extend(self, items):
                self.note("append")

            def add(self, item):
                self.note("add")

            def __setitem__(self, key, value):
                self.note("set")

        class Name(Changes, type):
            def note(cls, how):
                recorder.events.append(("changes", *cls.path))

            def __call__(cls, /, *arguments, **keywords):
                recorder.events.append(("call", *cls.path))
                return recorder.result(cls.named)

        class Made(Changes, Result):
            def note(self, how):
                if how == "build":
                    recorder.events.append(("state",))

            def __call__(self, *arguments):
                recorder.events.append(("computed",))
                return recorder.result(None)

        class Outside(Changes, Reference):
            def __call__(self, *arguments):
                recorder.events.append(("reference",))
                return recorder.result(None)

        self.Name, self.Made, self.Outside = Name, Made, Outside

    def result(self, callee):
        return self.Made(callee)

    def find(self, module, name):
        path = (plain(module), plain(name))
        self.events.append(("name", *path))
        named = Named(module, name)

        def new(cls, /, *arguments, **keywords):
            self.events.append(("call", *path))
            return self.result(named)

        return self.Name("Name", (), {"__new__": new, "path": path, "named": named})


def load(data, flavour):
    """What the reader does with a stream: events, whether it came to STOP, what it gave, its memo."""
    recorder = Recorder()
    base = pickle._Unpickler if flavour == "python" else pickle.Unpickler

    class Reader(base):
        def find_class(self, module, name):
            return recorder.find(module, name)

        def persistent_load(self, identity):
            return recorder.Outside()

    # A file that lets look ahead as far as it goes is read as bytes are.
    file = io.BufferedReader(io.BytesIO(data), len(data) + 1) if flavour == "loads" else io.BytesIO(data)
    reader = Reader(file, encoding="latin1")
    try:
        result = reader.load()
        has_stopped = True
    except Exception:
        result, has_stopped = None, False
    memo = reader.memo if flavour == "python" else reader.memo.copy()
    return recorder.events, has_stopped, plainly(result), {key: plainly(value) for key, value in memo.items()}


def plainly(value, depth=0):
    """The value with types that stand for names as `Named`."""
    if isinstance(value, type):
        return value.named
    if type(value) is tuple and depth < 5:
        return tuple(plainly(item, depth + 1) for item in value)
    return value
