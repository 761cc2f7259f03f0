import Foundation

/// A place in a file that people edit; lines and columns count from 1.
struct SourcePlace: Sendable, Hashable, Comparable {
    let file: String
    var line = 1
    var column = 1

    static func < (left: SourcePlace, right: SourcePlace) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

/// What is wrong at a place, with the nearest that could have been meant.
struct Mistake: Sendable, Hashable, CustomStringConvertible {
    let place: SourcePlace
    let words: String
    var meant: String?

    var description: String {
        "\(place.file):\(place.line):\(place.column): \(words)" + (meant.map { "; did you mean '\($0)'?" } ?? "")
    }
}

/// Everything that is wrong with a set of files, in order of place.
struct Mistakes: Error, Sendable, Hashable, CustomStringConvertible, LocalizedError {
    let all: [Mistake]

    init(_ all: some Sequence<Mistake>) {
        self.all = Set(all).sorted { ($0.place, $0.words) < ($1.place, $1.words) }
    }

    var description: String { all.map(\.description).joined(separator: "\n") }
    var errorDescription: String? { description }
}
