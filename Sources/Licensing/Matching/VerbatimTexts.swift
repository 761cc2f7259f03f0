/// Takes licence texts that stand in the scanned text word for word, unless a longer text of the index goes on across their ends.
struct VerbatimTexts {
    let index: LicenceIndex
    let search: SeedSearch
    let words: UnsafeBufferPointer<UInt16>
    let seeds: [SeedSearch.Found]
    let block: Range<Int>

    private static let margin = 30
    private static let crossing = 6
    private static let mostPlaces = 400

    /// Not overlapping, in order of position.
    func accepted(_ found: [KnownWordings.Found]) -> [Alignment] {
        var out: [Alignment] = []
        var end = block.lowerBound
        let aligner = Aligner(words: words)
        // In order of position; the longest of those that begin at one place comes alone.
        for candidate in found where candidate.kind == .licence && candidate.range.lowerBound >= end {
            // With the title before and the advice behind, as far as they agree.
            guard let alignment = aligner.align(index.text(candidate.expression), coreAt: candidate.range.lowerBound, in: end..<block.upperBound), !isPart(of: found, candidate), !goesOn(alignment) else { continue }
            out.append(alignment)
            end = alignment.span.upperBound
        }
        return out
    }

    /// Whether a longer wording that is known holds this one.
    private func isPart(of found: [KnownWordings.Found], _ candidate: KnownWordings.Found) -> Bool {
        let first = found.partitioningIndex { $0.range.lowerBound >= candidate.range.lowerBound - 4_000 }
        for other in found[first...] {
            if other.range.lowerBound > candidate.range.lowerBound { break }
            if other.range.count > candidate.range.count, other.range.upperBound >= candidate.range.upperBound, other.kind != .other,
               Double(candidate.range.count) < 0.87 * Double(other.range.count) { return true }
        }
        return false
    }

    /// Another licence, or an edition of this one that holds much more.
    private func isOther(_ number: Int, _ text: LicenceIndex.Text) -> Bool {
        index.record(ofText: number) != text.record || number != text.number && index.text(number).words.count > text.words.count * 3 / 2
    }

    private func goesOn(_ alignment: Alignment) -> Bool {
        let span = alignment.span
        let behind = seeds.partitioningIndex { Int($0.position) > span.upperBound - IndexFormat.seedLength }
        for seed in seeds[behind...] {
            let position = Int(seed.position)
            if position >= span.upperBound + Self.margin { break }
            for (text, textPosition) in search.places(seed, limit: Self.mostPlaces) where isOther(text, alignment.text) {
                // Back across the end, word by word.
                let needed = max(position - span.upperBound, 0) + Self.crossing
                guard textPosition >= needed, position - needed >= span.lowerBound else { continue }
                let licence = index.text(text).words
                if (1...needed).allSatisfy({ licence[textPosition - $0] == words[position - $0] }) { return true }
            }
        }
        let before = seeds.partitioningIndex { Int($0.position) >= span.lowerBound - Self.margin }
        for seed in seeds[before...] {
            let position = Int(seed.position)
            if position >= span.lowerBound { break }
            for (text, textPosition) in search.places(seed, limit: Self.mostPlaces) where isOther(text, alignment.text) {
                let needed = span.lowerBound - position + Self.crossing
                let licence = index.text(text).words
                guard textPosition + needed <= licence.count, position + needed <= span.upperBound else { continue }
                if (0..<needed).allSatisfy({ licence[textPosition + $0] == words[position + $0] }) { return true }
            }
        }
        return false
    }
}
