"""A pickle stream read as CPython reads it, with nothing looked up and nothing called.

Written from Lib/pickle.py (`_Unpickler`) and Modules/_pickle.c (3.11). Where they differ the flavour decides: "python", or "file"
and "loads" for C, which reads from a file with a buffer and from bytes without one.
The opcodes and the form of their arguments come from pickletools; what an argument means is done here, since pickletools refuses
lines that the unpicklers take. `real.py` holds this reading against both unpicklers.
"""

import codecs
import math
import pickle
import pickletools
import struct

from values import Named, Reference, Result, plain

OPCODES = {ord(opcode.code): opcode for opcode in pickletools.opcodes}
FIXED = {"uint1": "<B", "uint2": "<H", "int4": "<i", "uint4": "<I", "uint8": "<Q", "float8": ">d"}
COUNTED = {1: "<B", 4: "<i", -4: "<I", 8: "<Q"}


class Broken(Exception):
    """The loader stops with an error."""


class Reading:
    def __init__(self, data, flavour, encoding="latin1"):
        self.data, self.flavour, self.encoding = data, flavour, encoding
        self.isC = flavour != "python"
        self.place = 0
        self.stack, self.marks, self.memo = [], [], {}
        self.events = []
        # End of the frame (Python), of what is in the buffer (C).
        self.buffered = None if flavour == "python" else 0
        self.has_cut_line = False
        # Whether more is announced than one would let a real reader allocate.
        self.is_large = False
        self.result, self.has_stopped = None, False

    # Bytes

    def take(self, count, isWhole=False):
        """`read(count)`. At the end C stops; Python takes what is there, and finds the end with the next opcode.

        A piece across the end of a frame is an error in Python. C has no frames but a buffer: what is left of it is enough or is
        dropped, unless it holds all of the data as in `loads` or the piece is bytes (`isWhole`: `_Unpickler_ReadInto`)."""
        end = self.place + count
        self.is_large = self.is_large or count > 1 << 24
        if self.flavour == "file" and end > self.buffered:
            if not isWhole:
                self.place, end = self.buffered, self.buffered + count
            self.buffered = end
        if self.flavour == "python" and self.buffered is not None:
            if self.place >= self.buffered and count:
                self.buffered = None
            elif end > self.buffered:
                raise Broken("exhausted before end of frame")
        if end > len(self.data) and self.isC:
            raise Broken("truncated")
        bytes_ = self.data[self.place : end]
        self.place = min(end, len(self.data))
        return bytes_

    def number(self, form):
        bytes_ = self.take(struct.calcsize(form))
        if len(bytes_) < struct.calcsize(form):
            raise Broken("truncated")
        return struct.unpack(form, bytes_)[0]

    def line(self, least=0):
        """A line without its line feed. At the end of the data Python and `loads` take what is left, less its last byte."""
        end = self.data.find(b"\n", self.place)
        if self.flavour == "python" and self.buffered is not None:
            if self.place >= self.buffered:
                self.buffered = None
            elif not self.place <= end < self.buffered:
                raise Broken("exhausted before end of frame")
        if self.flavour == "file" and not self.place <= end < self.buffered:
            self.place = self.buffered
            end = self.data.find(b"\n", self.place)
            if end < 0:
                raise Broken("truncated")
            self.buffered = end + 1
        if end < 0:
            self.has_cut_line = True
        line = self.data[self.place :] if end < 0 else self.data[self.place : end + 1]
        self.place += len(line)
        if self.isC and len(line) < least:
            raise Broken("truncated")
        return line[:-1]

    # Stack

    @property
    def fence(self):
        return self.marks[-1] if self.marks else 0

    def pop(self):
        if len(self.stack) <= self.fence:
            raise Broken("underflow")
        return self.stack.pop()

    def top(self):
        if len(self.stack) <= self.fence:
            raise Broken("underflow")
        return self.stack[-1]

    def pop_mark(self):
        if not self.marks:
            raise Broken("no mark")
        mark = self.marks.pop()
        items = self.stack[mark:]
        del self.stack[mark:]
        return items

    # Events

    def find(self, module, name):
        self.events.append(("name", plain(module), plain(name)))
        return Named(module, name)

    def call(self, callee, arguments):
        """`callee(*arguments)`; both readers fail before the call where arguments are none."""
        if not isinstance(callee, (Named, Result, Reference)):
            raise Broken("not callable")
        self.expand(arguments)
        return self.made(callee)

    def made(self, callee):
        if isinstance(callee, Named):
            self.events.append(("call", plain(callee.module), plain(callee.name)))
            return Result(callee)
        self.events.append(("computed",) if isinstance(callee, Result) else ("reference",))
        return Result(None)

    def expand(self, arguments):
        if isinstance(arguments, tuple):
            return
        if self.isC or not isinstance(arguments, (list, dict, set, frozenset, str, bytes, bytearray, memoryview)):
            raise Broken("no arguments")

    def new(self, cls, arguments, keywords={}):
        if self.isC and (not isinstance(cls, Named) or not isinstance(arguments, tuple)):
            raise Broken("no class or no tuple")
        if not isinstance(cls, Named):
            raise Broken("nothing to make an object of")
        self.expand(arguments)
        if not isinstance(keywords, dict) or not all(isinstance(key, str) for key in keywords):
            raise Broken("no keywords")
        return self.made(cls)

    def instantiate(self, cls, items):
        return self.call(cls, tuple(items))

    def is_foreign(self, value):
        return isinstance(value, (Named, Result, Reference))

    def changed(self, value, how):
        if isinstance(value, Named):
            self.events.append(("changes", plain(value.module), plain(value.name)))

    # Run

    def run(self):
        """Reads to STOP or to an error; returns self."""
        try:
            while True:
                code = self.take(1)
                if not code:
                    raise Broken("end of data")
                opcode = OPCODES.get(code[0])
                if opcode is None:
                    raise Broken("no opcode")
                if opcode.name == "STOP":
                    self.result = self.pop()
                    self.has_stopped = True
                    return self
                HANDLERS[opcode.name](self, opcode)
        except Broken:
            pass
        except (ValueError, TypeError, AttributeError, LookupError, OverflowError, MemoryError, BufferError):
            # Python's own containers and conversions refuse as they do in the loader.
            pass
        return self

    # Opcodes without much to them

    def op_proto(self, _):
        if self.number("<B") > pickle.HIGHEST_PROTOCOL:
            raise Broken("protocol")

    def op_frame(self, _):
        size = self.number("<Q")
        if size > (1 << 63) - 1:
            raise Broken("frame")
        if self.isC:
            self.take(size)
            self.place -= size
        else:
            if self.buffered is not None and self.place < self.buffered:
                raise Broken("frame in frame")
            self.buffered = min(self.place + size, len(self.data))

    def op_mark(self, _):
        self.marks.append(len(self.stack))

    def op_pop(self, _):
        if len(self.stack) > self.fence:
            self.stack.pop()
        else:
            self.pop_mark()

    def op_pop_mark(self, _):
        self.pop_mark()

    def op_dup(self, _):
        self.stack.append(self.top())

    def op_none(self, _):
        self.stack.append(None)

    def op_newtrue(self, _):
        self.stack.append(True)

    def op_newfalse(self, _):
        self.stack.append(False)

    # Numbers

    def op_binint(self, opcode):
        self.stack.append(self.number(FIXED[opcode.arg.name]))

    op_binint1 = op_binint2 = op_binint

    def op_binfloat(self, _):
        self.stack.append(self.number(">d"))

    def op_int(self, _):
        line = self.line(2)
        if line in (b"00", b"01"):
            self.stack.append(line == b"01")
        else:
            self.stack.append(c_integer(line) if self.isC else int(line, 0))

    def op_long(self, _):
        line = self.line(2)
        if line.endswith(b"L"):
            line = line[:-1]
        self.stack.append(int(line.split(b"\0")[0] if self.isC else line, 0))

    def op_long1(self, _):
        self.stack.append(pickle.decode_long(self.take(self.number("<B"))))

    def op_long4(self, _):
        count = self.number("<i")
        if count < 0:
            raise Broken("negative count")
        self.stack.append(pickle.decode_long(self.take(count)))

    def op_float(self, _):
        line = self.line(2)
        if self.isC:
            line = line.split(b"\0")[0]
            if b"_" in line or line != line.strip():
                raise Broken("PyOS_string_to_double is strict")
            if math.isinf(float(line)) and b"i" not in line.lower():
                raise Broken("too large")
        self.stack.append(float(line))

    # Strings

    def op_string(self, _):
        line = self.line()
        if not (len(line) >= 2 and line[0] == line[-1] and line[0] in b"'\""):
            raise Broken("no quotes")
        self.stack.append(codecs.escape_decode(line[1:-1])[0].decode(self.encoding))

    def op_counted(self, opcode):
        name = opcode.name
        form = "<i" if name == "BINSTRING" else "<Q" if name.endswith("8") else "<B" if "SHORT" in name else "<I"
        count = self.number(form)
        if count < 0 or count > (1 << 63) - 1:
            raise Broken("count")
        bytes_ = self.take(count, isWhole="BYTE" in name)
        if "UNICODE" in name:
            self.stack.append(str(bytes_, "utf-8", "surrogatepass"))
        elif "BINSTRING" in name:
            self.stack.append(bytes_.decode(self.encoding))
        elif name == "BYTEARRAY8":
            if count > 1 << 30:
                raise Broken("no memory for it")
            self.stack.append(bytearray(bytes_) + bytearray(count - len(bytes_)))
        else:
            self.stack.append(bytes_)

    op_binstring = op_short_binstring = op_binbytes = op_short_binbytes = op_binbytes8 = op_bytearray8 = op_counted
    op_binunicode = op_short_binunicode = op_binunicode8 = op_counted

    def op_unicode(self, _):
        self.stack.append(str(self.line(1), "raw-unicode-escape"))

    def op_next_buffer(self, _):
        raise Broken("no buffers")

    def op_readonly_buffer(self, _):
        value = self.top()
        with memoryview(value) as view:
            if not view.readonly:
                self.stack[-1] = view.toreadonly()

    # Containers

    def op_empty_list(self, _):
        self.stack.append([])

    def op_empty_dict(self, _):
        self.stack.append({})

    def op_empty_set(self, _):
        self.stack.append(set())

    def op_empty_tuple(self, _):
        self.stack.append(())

    def op_tuple(self, _):
        self.stack.append(tuple(self.pop_mark()))

    def op_list(self, _):
        self.stack.append(self.pop_mark())

    def op_frozenset(self, _):
        self.stack.append(frozenset(self.pop_mark()))

    def op_dict(self, _):
        items = self.pop_mark()
        if self.isC and len(items) % 2:
            raise Broken("odd number of items")
        self.stack.append({items[place]: items[place + 1] for place in range(0, len(items), 2)})

    def counted_tuple(self, count):
        if len(self.stack) - self.fence < count:
            raise Broken("underflow")
        items = self.stack[-count:]
        del self.stack[-count:]
        self.stack.append(tuple(items))

    def op_tuple1(self, _):
        self.counted_tuple(1)

    def op_tuple2(self, _):
        self.counted_tuple(2)

    def op_tuple3(self, _):
        self.counted_tuple(3)

    def op_append(self, _):
        item = self.pop()
        self.extend_with([item], isOne=True)

    def op_appends(self, _):
        items = self.pop_mark()
        if self.isC and not items:
            self.top()
            return
        self.extend_with(items)

    def extend_with(self, items, isOne=False):
        target = self.top()
        if self.is_foreign(target):
            return self.changed(target, "append")
        if isOne and not (self.isC and hasattr(target, "extend")):
            target.append(items[0])
        elif hasattr(target, "extend"):
            target.extend(items)
        else:
            for item in items:
                target.append(item)
            if not items:
                target.append

    def op_setitem(self, _):
        value = self.pop()
        key = self.pop()
        self.set_items([key, value])

    def op_setitems(self, _):
        items = self.pop_mark()
        if self.isC:
            target = self.top()
            if not items:
                return
            if len(items) % 2:
                raise Broken("odd number of items")
        self.set_items(items)

    def set_items(self, items):
        target = self.top()
        for place in range(0, len(items), 2):
            if self.is_foreign(target):
                items[place + 1]
                self.changed(target, "set")
            else:
                target[items[place]] = items[place + 1]

    def op_additems(self, _):
        items = self.pop_mark()
        target = self.top()
        if self.isC and not items:
            return
        if self.is_foreign(target):
            for _ in items:
                self.changed(target, "add")
        elif isinstance(target, set):
            target.update(items)
        else:
            target.add

    # Memo

    def remember(self, index):
        if index < 0:
            raise Broken("negative")
        self.memo[index] = self.top()

    def index(self):
        line = self.line(2)
        return int(line.split(b"\0")[0] if self.isC else line)

    def op_put(self, _):
        index = self.index()
        if self.isC and index > (1 << 63) - 1:
            raise Broken("too large")
        self.remember(index)

    def op_binput(self, _):
        self.remember(self.number("<B"))

    def op_long_binput(self, _):
        self.remember(self.number("<I"))

    def op_memoize(self, _):
        self.memo[len(self.memo)] = self.top()

    def op_get(self, _):
        self.stack.append(self.memo[self.index()])

    def op_binget(self, _):
        self.stack.append(self.memo[self.number("<B")])

    def op_long_binget(self, _):
        self.stack.append(self.memo[self.number("<I")])

    # Names

    def two_lines(self, encoding):
        return [self.line(2).decode(encoding) for _ in range(2)]

    def op_global(self, _):
        self.stack.append(self.find(*self.two_lines("utf-8")))

    def op_stack_global(self, _):
        name = self.pop()
        module = self.pop()
        if type(name) is not str or type(module) is not str:
            raise Broken("no strings")
        self.stack.append(self.find(module, name))

    def op_ext1(self, _):
        raise Broken("nothing is registered")

    op_ext2 = op_ext4 = op_ext1

    # Calls

    def op_reduce(self, _):
        arguments = self.pop()
        self.stack.append(self.call(self.pop(), arguments))

    def op_inst(self, _):
        if self.isC and not self.marks:
            raise Broken("no mark")
        cls = self.find(*self.two_lines("ascii"))
        self.stack.append(self.instantiate(cls, self.pop_mark()))

    def op_obj(self, _):
        items = self.pop_mark()
        if not items:
            raise Broken("no class")
        self.stack.append(self.instantiate(items[0], items[1:]))

    def op_newobj(self, _):
        arguments = self.pop()
        self.stack.append(self.new(self.pop(), arguments))

    def op_newobj_ex(self, _):
        keywords = self.pop()
        arguments = self.pop()
        self.stack.append(self.new(self.pop(), arguments, keywords))

    def op_build(self, _):
        state = self.pop()
        target = self.top()
        if self.is_foreign(target):
            if isinstance(target, Result):
                self.events.append(("state",))
            return self.changed(target, "build")
        # Numbers and containers have no __setstate__ and no __dict__.
        isPair = isinstance(state, tuple) and len(state) == 2
        state, slots = state if isPair else (state, None)
        if self.isC:
            if state is not None or isPair and slots != {}:
                raise Broken("no attributes")
        elif state or slots and (not hasattr(slots, "items") or slots.items()):
            raise Broken("no attributes")

    # References

    def op_persid(self, _):
        self.line(1).decode("ascii")
        self.stack.append(Reference())

    def op_binpersid(self, _):
        self.pop()
        self.stack.append(Reference())


def c_integer(line):
    """`strtol(line, &end, 0)` where it takes all of the line up to a zero, else `PyLong_FromString(line, NULL, 0)`: C's octal numbers
    pass, and a zero where a number should begin."""
    if line[:1] == b"\0":
        return 0
    line = line.split(b"\0")[0]
    digits = line.lstrip(b" \t\n\v\f\r")
    sign = -1 if digits[:1] == b"-" else 1
    body = digits[1:] if digits[:1] in (b"-", b"+") else digits
    if len(body) > 1 and body[:1] == b"0" and body.isdigit() and not set(body) & set(b"89"):
        value = sign * int(body, 8)
        if -(1 << 63) <= value < 1 << 63:
            return value
    return int(line, 0)


HANDLERS = {name: getattr(Reading, "op_" + name.lower()) for name in {each.name for each in OPCODES.values()} - {"STOP"}}


def read(data, flavour):
    """The reading of one stream."""
    return Reading(data, flavour).run()
