import OpenscanBytes
import OpenscanUnpacking

/// The objects of a PDF file, found by going through its bytes once: what its own table of places says is not needed, and may be wrong.
///
/// Streams are expanded when they are asked for, out of one budget. Encrypted files are not read.
final class PDFFile {
    private struct Object {
        let start: Int
        let end: Int
        /// The object is a member of an expanded stream of objects.
        var container: Int?
    }

    private let bytes: [UInt8]
    private var objects: [Int: Object] = [:]
    private var containers: [Int: [UInt8]] = [:]
    private var known: [Int: PDFValue] = [:]
    private var endsOfStreams: [Int] = []
    private var budget: Int

    /// Numbers of objects, in order of place.
    private(set) var numbers: [Int] = []

    private static let mostObjects = 200_000
    private static let deepest = 12

    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - limit: bytes that its streams may come to.
    init?(_ bytes: [UInt8], limit: Int) {
        guard bytes.starts(with: "%PDF-".utf8) else { return nil }
        self.bytes = bytes
        budget = limit
        index()
        guard !objects.isEmpty, !isEncrypted else { return nil }
        for number in numbers { expand(number) }
    }

    // MARK: Finding objects

    private func index() {
        var places: [(number: Int, start: Int)] = []
        bytes.withUnsafeBytes { all in
            var place = 0
            while place + 9 <= all.count {
                if all[place] == UInt8(ascii: "o"), all[place + 1] == UInt8(ascii: "b"),
                    all[place + 2] == UInt8(ascii: "j"),
                    let number = Self.number(before: place, all), places.count < Self.mostObjects
                {
                    places.append((number, place + 3))
                    place += 3
                } else if all[place] == UInt8(ascii: "e"), all[place..<place + 9].elementsEqual("endstream".utf8) {
                    endsOfStreams.append(place)
                    place += 9
                } else {
                    place += 1
                }
            }
        }
        for (index, object) in places.enumerated() {
            let end = index + 1 < places.count ? places[index + 1].start : bytes.count
            objects[object.number] = Object(start: object.start, end: end)
        }
        numbers = objects.sorted { $0.value.start < $1.value.start }.map(\.key)
    }

    /// The number in "12 0 obj".
    private static func number(before place: Int, _ all: UnsafeRawBufferPointer) -> Int? {
        var index = place - 1
        func skipSpace() -> Bool {
            let start = index
            while index >= 0, PDFParser.isSpace(all[index]), start - index < 4 { index -= 1 }
            return index < start
        }
        func digits() -> Int? {
            var value = 0
            var scale = 1
            let start = index
            while index >= 0, PDFParser.isDigit(all[index]), start - index < 8 {
                value += Int(all[index] - 0x30) * scale
                scale *= 10
                index -= 1
            }
            return index < start ? value : nil
        }
        guard skipSpace(), digits() != nil, skipSpace(), let number = digits() else { return nil }
        return number
    }

    private var isEncrypted: Bool {
        // The word stands in the last dictionary, or in that of a stream that is the table of places.
        let tail = bytes.suffix(4096)
        if FoldedText(lower: Array(tail)).contains("/Encrypt") { return true }
        return numbers.contains { number in
            guard let members = value(number).dictionary else { return false }
            return members["Type"]?.name == "XRef" && members["Encrypt"] != nil
        }
    }

    /// Adds the members of a stream of objects (7.5.7).
    private func expand(_ number: Int) {
        guard let members = value(number).dictionary, members["Type"]?.name == "ObjStm",
            let count = resolved(members["N"]).count, let first = resolved(members["First"]).count,
            count <= Self.mostObjects
        else { return }
        let content = stream(number)
        guard first < content.count else { return }
        var parser = PDFParser(content, to: first)
        var places: [(number: Int, start: Int)] = []
        while places.count < count, let member = parser.next()?.count, let offset = parser.next()?.count {
            guard offset < content.count - first else { continue }
            places.append((member, first + offset))
        }
        containers[number] = content
        for (index, place) in places.enumerated() where objects[place.number] == nil {
            let end = index + 1 < places.count ? max(place.start, places[index + 1].start) : content.count
            objects[place.number] = Object(start: place.start, end: end, container: number)
            numbers.append(place.number)
        }
    }

    // MARK: Reading them

    /// An object without its stream.
    func value(_ number: Int) -> PDFValue {
        if let known = known[number] { return known }
        guard let object = objects[number] else { return .null }
        let content = object.container.map { containers[$0] ?? [] } ?? bytes
        var parser = PDFParser(content, from: object.start, to: object.end)
        let value = parser.next() ?? .null
        known[number] = value
        return value
    }

    /// A value, or the object that it refers to.
    func resolved(_ value: PDFValue?) -> PDFValue {
        var value = value ?? .null
        for _ in 0..<Self.deepest {
            guard case .reference(let number) = value else { return value }
            value = self.value(number)
        }
        return .null
    }

    func members(_ value: PDFValue?) -> [String: PDFValue] { resolved(value).dictionary ?? [:] }

    /// The expanded bytes of an object's stream; nothing for a filter other than deflate.
    func stream(_ number: Int) -> [UInt8] {
        guard let object = objects[number], object.container == nil, let members = value(number).dictionary else {
            return []
        }
        var parser = PDFParser(bytes, from: object.start, to: object.end)
        _ = parser.next()
        parser.skipSpace()
        var start = parser.place
        guard bytes[start...].starts(with: "stream".utf8) else { return [] }
        start += 6
        if start < bytes.count, bytes[start] == 0x0D { start += 1 }
        if start < bytes.count, bytes[start] == 0x0A { start += 1 }
        guard let end = end(of: start, resolved(members["Length"]).count), end > start, budget > 0 else { return [] }
        let raw = Array(bytes[start..<end])
        let content: [UInt8]
        switch filters(members) {
        case []: content = Array(raw.prefix(budget))
        case ["FlateDecode"] where !hasPredictor(members): content = Inflating.zlib(raw, limit: budget)
        default: return []
        }
        budget -= content.count
        return content
    }

    /// Where a stream ends: as long as it says, where that is so, else before the next mark.
    private func end(of start: Int, _ length: Int?) -> Int? {
        if let length, length <= bytes.count - start {
            var mark = start + length
            while mark < bytes.count, PDFParser.isSpace(bytes[mark]), mark - start - length < 4 { mark += 1 }
            if bytes[mark...].starts(with: "endstream".utf8) { return start + length }
        }
        var (low, high) = (0, endsOfStreams.count)
        while low < high {
            let middle = (low + high) / 2
            if endsOfStreams[middle] < start { low = middle + 1 } else { high = middle }
        }
        return low < endsOfStreams.count ? endsOfStreams[low] : nil
    }

    private func filters(_ members: [String: PDFValue]) -> [String] {
        switch resolved(members["Filter"]) {
        case .name(let name): [name]
        case .array(let items): items.map { resolved($0).name ?? "" }
        default: []
        }
    }

    private func hasPredictor(_ members: [String: PDFValue]) -> Bool {
        let parameters = resolved(members["DecodeParms"])
        let first = parameters.dictionary ?? parameters.array?.first.flatMap { resolved($0).dictionary } ?? [:]
        return resolved(first["Predictor"]).number ?? 1 > 1
    }
}
