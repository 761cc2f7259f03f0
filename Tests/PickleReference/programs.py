"""Programs of opcodes out of a seed: mostly well formed, with changes; much of memo, marks, tuples, names and escapes."""

import random
import struct

MODULES = ["os", "builtins", "collections", "torch._utils", "mod.a", "numpy", "m"]
NAMES = ["system", "eval", "OrderedDict", "set", "_rebuild_tensor_v2", "x", "a.b", "dtype"]
HOSTILE_NUMBERS = [b"-1", b"+1", b" 2", b"1 ", b"01", b"1_0", b"0x2", b"00", b"1\0x", b"", b"L", b"3L", b"0o3", b"007", b"1__0",
    b"_1", b"0b1", b"\t1\r", b"0000000000000000000000001", b"9" * 25, b"\x0b1", b"0_1", b"1.5", b"1\0", b"\x1c1", b"0xfL"]


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        # Every second program is meant to come to its end.
        self.isWild = self.random.random() < 0.5
        self.out = []
        # Depth of the stack above each mark, and slots of the memo that are filled.
        self.depths = [0]
        self.slots = set()

    def pick(self, items):
        return items[int(self.random.random() * len(items))]

    def chance(self, share):
        return self.random.random() < share

    def emit(self, bytes_, pops=0, pushes=0):
        self.out.append(bytes_)
        self.depths[-1] = max(0, self.depths[-1] - pops) + pushes

    # Pieces

    def word(self):
        return self.pick(MODULES) if self.chance(0.5) else self.pick(NAMES)

    def escaped(self, word):
        """A word as one of the ways to write a string with escapes."""
        way = self.random.randrange(7)
        letters = []
        for letter in word:
            if self.chance(0.6):
                letters.append(letter)
            elif way < 3:
                letters.append(self.pick([f"\\x{ord(letter):02x}", f"\\{ord(letter):o}", f"\\{ord(letter) + 256:o}"]))
            else:
                letters.append(self.pick([f"\\u{ord(letter):04x}", f"\\U{ord(letter):08x}", f"\\u{ord(letter):04X}"]))
        if self.chance(0.15):
            letters.insert(self.random.randrange(len(letters) + 1),
                self.pick(["\\", "\\\\", "\\'", "\\q", "\\x4", "\\u00", "\\n", "\\0", "\\778", "\\ud800", "\\U00110000", "\xe9", '"']))
        return "".join(letters).encode("latin1")

    def string(self):
        word = self.word()
        text = word.encode()
        if self.chance(0.05):
            text = self.pick([b"", b"\xc3\xa9", b"\xed\xa0\x80", b"\xff", b"os\0", b" os", b"a\nb"])
        kind = self.random.randrange(11)
        if kind < 4:
            return b"\x8c" + bytes([len(text)]) + text
        if kind == 4:
            return b"X" + struct.pack("<I", len(text)) + text
        if kind == 5:
            return b"\x8d" + struct.pack("<Q", len(text)) + text
        if kind == 6:
            return b"U" + bytes([len(text)]) + text
        if kind == 7:
            return b"T" + struct.pack("<i", len(text)) + text
        if kind == 8:
            quote = self.pick([b"'", b'"'])
            return b"S" + quote + self.escaped(word) + (quote if self.chance(0.95) else b"") + (b" " if self.chance(0.03) else b"") + b"\n"
        return b"V" + self.escaped(word) + b"\n"

    def number(self):
        value = self.random.choice([0, 1, 2, 3, 7, 255, 256, 65535, -1, -2, 1 << 31, -(1 << 31), (1 << 63) - 1, 1 << 63, 1 << 70])
        kind = self.random.randrange(9)
        if kind == 0:
            return b"K" + bytes([value & 0xFF])
        if kind == 1:
            return b"M" + struct.pack("<H", value & 0xFFFF)
        if kind == 2:
            return b"J" + struct.pack("<i", (value & 0x7FFFFFFF) - (1 << 30))
        if kind == 3:
            return b"I" + (self.pick(HOSTILE_NUMBERS) if self.chance(0.2) else str(value).encode()) + b"\n"
        if kind == 4:
            return b"L" + (self.pick(HOSTILE_NUMBERS) if self.chance(0.2) else str(value).encode() + self.pick([b"", b"L"])) + b"\n"
        if kind == 5:
            return b"F" + self.pick([b"1.5", b"inf", b"1e999", b"nan", b" 1.5", b"1.5 ", b"1_0.0", b"x", b"1.5\0z"][: 9 if self.chance(0.3) else 2]) + b"\n"
        bytes_ = value.to_bytes(10, "little", signed=True)[: self.random.randrange(10)]
        if kind == 6:
            return b"\x8a" + bytes([len(bytes_)]) + bytes_
        if kind == 7:
            return b"\x8b" + struct.pack("<i", -1 if self.chance(0.1) else len(bytes_)) + bytes_
        return b"G" + struct.pack(">d", 1.5)

    def bytes_(self):
        text = self.pick([b"", b"ab", b"\x80\x04N.", b"cos\nsystem\n."])
        return self.pick([b"C" + bytes([len(text)]) + text, b"B" + struct.pack("<I", len(text)) + text,
            b"\x8e" + struct.pack("<Q", len(text)) + text, b"\x96" + struct.pack("<Q", len(text)) + text])

    def slot(self):
        if self.slots and self.chance(0.9):
            return self.pick(sorted(self.slots))
        return self.pick([0, 1, 2, 3, 5, 255, 256, 300, 4000]) if self.chance(0.99) else 800000

    def put(self):
        if self.chance(0.5):
            self.slots.add(len(self.slots))
            return b"\x94"
        index = self.pick([len(self.slots), len(self.slots), 0, 1, 2, 3, 4, 9, 255, 256, 4000])
        if self.chance(0.01):
            index = self.pick([70000, 750000])
        if self.chance(0.1):
            return b"p" + self.pick(HOSTILE_NUMBERS) + b"\n"
        self.slots.add(index)
        kind = self.random.randrange(3)
        if kind == 0 and index < 256:
            return b"q" + bytes([index])
        return b"r" + struct.pack("<I", index) if kind == 1 else b"p" + str(index).encode() + b"\n"

    def get(self):
        index = self.slot()
        if self.chance(0.05):
            return b"g" + self.pick(HOSTILE_NUMBERS) + b"\n"
        kind = self.random.randrange(3)
        if kind == 0 and index < 256:
            return b"h" + bytes([index])
        return b"j" + struct.pack("<I", index) if kind == 1 else b"g" + str(index).encode() + b"\n"

    def lines(self):
        module, name = self.pick(MODULES).encode(), self.pick(NAMES).encode()
        if self.chance(0.04):
            name = self.pick([b"", b"\xc3\xa9", b"\xff", b"x\r", b"x" * 1200, b"x\0y"])
        return module + b"\n" + name + b"\n"

    # Steps

    def step(self):
        if self.isWild:
            self.wild_step()
        else:
            self.tame_step()

    def tame_step(self):
        """A step that a loader takes, with whatever lies on the stack."""
        depth = self.depths[-1]
        roll = self.random.random()
        if roll < 0.15:
            return self.emit(self.plain_string(), 0, 1)
        if roll < 0.2:
            return self.emit(self.pick([b"N", b"\x88", b")", b"]", b"}", b"\x8f", b"K\x03", b"J\xff\xff\xff\xff", b"M\x00\x01", b"I12\n", b"L5L\n"]), 0, 1)
        if roll < 0.33 and depth:
            return self.emit(self.plain_put())
        if roll < 0.45 and self.slots:
            index = self.pick(sorted(self.slots))
            return self.emit(b"h" + bytes([index]) if index < 256 and self.chance(0.5) else self.pick([b"j" + struct.pack("<I", index), b"g%d\n" % index]), 0, 1)
        if roll < 0.5:
            self.out.append(b"(")
            self.depths.append(0)
            return None
        if roll < 0.56 and len(self.depths) > 1:
            self.depths.pop()
            code = self.pick([b"t", b"t", b"l", b"1", b"i" + self.plain_lines()])
            return self.emit(code, 0, 0 if code == b"1" else 1)
        if roll < 0.62:
            return self.emit(b"c" + self.plain_lines(), 0, 1)
        if roll < 0.67:
            return self.emit(self.plain_string() + self.pick([b"", b"\x94", b"2", b"N0"]) + self.plain_string() + b"\x93", 0, 1)
        if roll < 0.72 and depth:
            count = min(depth, self.random.randrange(1, 4))
            return self.emit([b"\x85", b"\x86", b"\x87"][count - 1], count, 1)
        if roll < 0.76 and depth:
            return self.emit(b"0", 1)
        if roll < 0.8 and depth:
            return self.emit(b"2", 0, 1)
        if roll < 0.86 and depth:
            # What is on the stack becomes an argument.
            return self.emit(b"\x85" + self.plain_put() + b"0c" + self.plain_lines() + self.recall() + self.pick([b"R", b"\x81", b"}\x92"]), 1, 1)
        if roll < 0.9:
            call = b"c" + self.plain_lines() + self.pick([b")R", b"N\x85\x81", b"(K\x01K\x02tR"])
            return self.emit(call + self.pick([b"}b", b"Na", b")b", b")R", b"NNs", b"(Ne", b"(NNu", b"(N\x90"]), 0, 1)
        return self.emit(self.pick([b"(c" + self.plain_lines() + b"No", b"(Ni" + self.plain_lines(), b"]Na", b"](NK\x01e", b"}NNs",
            b"\x8f(N\x90", b"(NK\x01d", b"(N\x91", b"Pid\n", b"NQ", b"c" + self.plain_lines() + b"}b", b"c" + self.plain_lines() + b"Na",
            b"C\x02ab", b"G" + bytes(8), b"\x80\x04", b"\x8a\x01\x05", b"NQ)R"]), 0, 1)

    def recall(self):
        index = self.last
        return b"h" + bytes([index]) if index < 256 else b"j" + struct.pack("<I", index)

    def plain_put(self):
        """The next slot, or one anew; `last` is the slot."""
        if self.chance(0.6):
            self.last = len(self.slots)
            self.slots.add(self.last)
            return b"\x94"
        self.last = self.pick([len(self.slots), 0, 1, 2, 3, 7, 255, 300])
        self.slots.add(self.last)
        return b"q" + bytes([self.last]) if self.last < 256 and self.chance(0.5) else self.pick([b"r" + struct.pack("<I", self.last), b"p%d\n" % self.last])

    def plain_lines(self):
        return self.pick(MODULES).encode() + b"\n" + self.pick(NAMES).encode() + b"\n"

    def plain_string(self):
        word = self.word()
        way = self.random.randrange(6)
        if way < 3:
            return b"\x8c" + bytes([len(word)]) + word.encode()
        if way == 3:
            return b"X" + struct.pack("<I", len(word)) + word.encode()
        if way == 4:
            return b"V" + "".join(self.pick([letter, f"\\u{ord(letter):04x}"]) for letter in word).encode() + b"\n"
        return b"S'" + "".join(self.pick([letter, f"\\x{ord(letter):02x}", f"\\{ord(letter):03o}"]) for letter in word).encode() + b"'\n"

    def wild_step(self):
        depth = self.depths[-1]
        roll = self.random.random()
        if depth < 1 or roll < 0.22:
            return self.emit(self.string() if self.chance(0.7) else self.number(), 0, 1)
        if roll < 0.27:
            return self.emit(self.pick([b"N", b"\x88", b"\x89", b")", b"]", b"}", b"\x8f"]), 0, 1)
        if roll < 0.29:
            return self.emit(self.bytes_(), 0, 1)
        if roll < 0.40:
            return self.emit(self.put())
        if roll < 0.49:
            return self.emit(self.get(), 0, 1)
        if roll < 0.54:
            self.out.append(b"(")
            self.depths.append(0)
            return
        if roll < 0.60 and len(self.depths) > 1:
            self.depths.pop()
            code = self.pick([b"t", b"t", b"t", b"l", b"d", b"\x91", b"1", b"e", b"u", b"\x90", b"o", b"i"])
            if code == b"i":
                code += self.lines()
            return self.emit(code, 0, 0 if code in (b"1", b"e", b"u", b"\x90") else 1)
        if roll < 0.66:
            return self.emit(b"c" + self.lines(), 0, 1)
        if roll < 0.72 and depth >= 2:
            return self.emit(b"\x93", 2, 1)
        if roll < 0.76:
            count = min(depth, self.random.randrange(1, 4))
            return self.emit([b"\x85", b"\x86", b"\x87"][count - 1], count, 1)
        if roll < 0.84 and depth >= 2:
            return self.emit(self.pick([b"R", b"R", b"R", b"\x81"]), 2, 1)
        if roll < 0.85 and depth >= 3:
            return self.emit(b"\x92", 3, 1)
        if roll < 0.87 and depth >= 2:
            return self.emit(self.pick([b"b", b"a"]), 1)
        if roll < 0.88 and depth >= 3:
            return self.emit(b"s", 2)
        if roll < 0.91:
            return self.emit(b"0", 1)
        if roll < 0.94:
            return self.emit(b"2", 0, 1)
        if roll < 0.95:
            return self.emit(self.pick([b"Pid\n", b"Q", b"P\xff\n", b"\x98", b"\x97", b"\x82\x01", b"\x83\x01\0", b"\x84\x01\0\0\0"]), 0, 0)
        if roll < 0.96:
            return self.emit(b"\x80" + bytes([self.pick([0, 2, 4, 5, 5, 6])]))
        if roll < 0.97:
            return self.emit(b"\x95" + struct.pack("<Q", self.pick([0, 3, 30, 1 << 62, 1 << 63])))
        # Calls that are meant: a name with a tuple, and what makes a name.
        return self.emit(self.pick([b"c" + self.lines() + b")R", b"c" + self.lines() + b"N\x85R", b"c" + self.lines() + b")\x81}b",
            b"\x8c\x02os\x8c\x06system\x93\x8c\x01x\x85R", b"(c" + self.lines() + b"No", b"(Ni" + self.lines()]), 0, 1)

    def program(self):
        if self.chance(0.7):
            self.out.append(b"\x80" + bytes([self.pick([2, 3, 4, 5])]))
        for _ in range(self.random.randrange(3, 40)):
            self.step()
        if not self.isWild or self.chance(0.8):
            while len(self.depths) > 1:
                self.depths.pop()
                self.emit(b"t", 0, 1)
        if not self.isWild or self.chance(0.95):
            self.out.append(b"." if self.depths[-1] else b"N.")
        program = bytearray(b"".join(self.out))
        if self.chance(0.5 if self.isWild else 0.1):
            self.change(program)
        if self.chance(0.2):
            self.frame(program)
        if self.chance(0.05):
            program += b"cos\nsystem\n."
        return bytes(program)

    def frame(self, program):
        """A frame of any length, which may end within an argument."""
        head = 2 if program[:1] == b"\x80" else 0
        program[head:head] = b"\x95" + struct.pack("<Q", self.random.randrange(len(program) + 1))

    def change(self, program):
        for _ in range(self.random.randrange(1, 4)):
            if not program:
                return
            place = self.random.randrange(len(program))
            way = self.random.randrange(5)
            if way == 0:
                program[place] = self.random.randrange(256)
            elif way == 1:
                del program[place : place + self.random.randrange(1, 4)]
            elif way == 2:
                program[place:place] = self.pick([b"0", b"(", b"2", b"1", b"\x94", b"h\0", b"q\0", b"R", b"\x93", b"\n", b"N"])
            elif way == 3:
                other = self.random.randrange(len(program))
                program[place:place] = program[other : other + 6]
            else:
                del program[place:]


def program(seed):
    return Maker(seed).program()
