import OpenscanBytes

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
            guard
                let alignment = aligner.align(
                    index.text(candidate.expression), coreAt: candidate.range.lowerBound, in: end..<block.upperBound),
                !isPart(of: found, candidate)
            else { continue }
            let accepted: Alignment? =
                switch beyond(alignment) {
                case .nothing: alignment
                case .edition(let number): longer(number, alignment, in: end..<block.upperBound, aligner)
                case .otherLicence: nil
                }
            guard let accepted else { continue }
            out.append(accepted)
            end = accepted.span.upperBound
        }
        return out
    }

    /// Whether a longer wording that is known holds this one.
    private func isPart(of found: [KnownWordings.Found], _ candidate: KnownWordings.Found) -> Bool {
        let first = found.partitioningIndex { $0.range.lowerBound >= candidate.range.lowerBound - 4_000 }
        for other in found[first...] {
            if other.range.lowerBound > candidate.range.lowerBound { break }
            if other.range.count > candidate.range.count, other.range.upperBound >= candidate.range.upperBound,
                other.kind != .other,
                Double(candidate.range.count) < 0.87 * Double(other.range.count)
            {
                return true
            }
        }
        return false
    }

    private enum Beyond {
        case nothing
        /// A longer edition of the same licence goes on.
        case edition(Int)
        case otherLicence
    }

    /// What of the index goes on across the ends of a text that was found.
    private func beyond(_ alignment: Alignment) -> Beyond {
        let span = alignment.span
        var edition: Int?
        let behind = seeds.partitioningIndex { Int($0.position) > span.upperBound - IndexFormat.seedLength }
        for seed in seeds[behind...] {
            let position = Int(seed.position)
            if position >= span.upperBound + Self.margin { break }
            for (text, textPosition) in search.places(seed, limit: Self.mostPlaces) where text != alignment.text.number
            {
                // Back across the end, word by word.
                let needed = max(position - span.upperBound, 0) + Self.crossing
                guard textPosition >= needed, position - needed >= span.lowerBound else { continue }
                let other = index.text(text)
                guard (1...needed).allSatisfy({ other.words[textPosition - $0] == words[position - $0] }) else {
                    continue
                }
                if other.record != alignment.text.record { return .otherLicence }
                if other.words.count > alignment.text.words.count { edition = text }
            }
        }
        let before = seeds.partitioningIndex { Int($0.position) >= span.lowerBound - Self.margin }
        for seed in seeds[before...] {
            let position = Int(seed.position)
            if position >= span.lowerBound { break }
            for (text, textPosition) in search.places(seed, limit: Self.mostPlaces)
            where index.record(ofText: text) != alignment.text.record {
                let needed = span.lowerBound - position + Self.crossing
                let licence = index.text(text).words
                guard textPosition + needed <= licence.count, position + needed <= span.upperBound else { continue }
                if (0..<needed).allSatisfy({ licence[textPosition + $0] == words[position + $0] }) {
                    return .otherLicence
                }
            }
        }
        return edition.map { .edition($0) } ?? .nothing
    }

    /// A longer edition at the place of a shorter one, when it is there whole.
    private func longer(_ number: Int, _ alignment: Alignment, in bounds: Range<Int>, _ aligner: Aligner) -> Alignment?
    {
        let text = index.text(number)
        let end = alignment.span.upperBound + text.words.count
        let first = seeds.partitioningIndex { Int($0.position) >= alignment.span.lowerBound }
        let near = seeds[first...].prefix {
            Int($0.position) < end && Int($0.position) + IndexFormat.seedLength <= bounds.upperBound
        }
        guard let hits = search.hits(near, texts: [number]).first, !hits.isEmpty,
            let found = aligner.align(text, hits, in: bounds)
        else { return nil }
        return found.coverage >= 0.99 && found.inserted.allSatisfy { $0.count <= 3 } ? found : nil
    }
}
