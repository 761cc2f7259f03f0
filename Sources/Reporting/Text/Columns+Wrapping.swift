/// Lines are broken at spaces, and between ideographs where their typesetting allows it.
extension Columns {
    /// Lines of at most `width` columns.
    static func wrapped(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for piece in pieces(text) {
            let columns = count(piece.text)
            let space = piece.follows && !line.isEmpty ? 1 : 0
            if !line.isEmpty, used + space + columns > width {
                lines.append(line)
                line = ""
                used = 0
            } else if space == 1 {
                line += " "
                used += 1
            }
            line += piece.text
            used += columns
            // A piece that fits nowhere is broken where the line ends.
            while used > width {
                let (head, rest) = split(line, width)
                guard !head.isEmpty, !rest.isEmpty else { break }
                lines.append(head)
                line = rest
                used = count(rest)
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    /// Text that is not broken.
    private struct Piece {
        var text: String
        /// Whether a space stands in front of it.
        var follows: Bool
    }

    private static func pieces(_ text: String) -> [Piece] {
        var out: [Piece] = []
        for word in text.split(separator: " ") {
            var piece = Piece(text: "", follows: true)
            var last: Unicode.Scalar?
            // Inside of the number of a section no line ends: 第 5, 6 条 is kept together further down.
            for scalar in word.unicodeScalars {
                if let last, mayBreak(last, scalar), !piece.text.isEmpty {
                    out.append(piece)
                    piece = Piece(text: "", follows: false)
                }
                piece.text.unicodeScalars.append(scalar)
                if scalar != "\u{1B}" { last = scalar }
            }
            out.append(piece)
        }
        return keepingSections(out)
    }

    /// Between two characters of which one is an ideograph, unless a sign belongs to its neighbour.
    private static func mayBreak(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        guard isWide(left) || isWide(right) else { return false }
        return !isClosing(right) && !isOpening(left) && right != "\u{1B}" && left != "m"
    }

    private static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "，", "。", "、", "；", "：", "？", "！", "）", "」", "』", "》", "】", "”", "’", "…", "％", ".", ",", ")", ":", ";",
            "%":
            true
        default: false
        }
    }

    private static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "（", "「", "『", "《", "【", "“", "‘", "(": true
        default: false
        }
    }

    /// Pieces from 第 to the 条 behind a number are one.
    private static func keepingSections(_ pieces: [Piece]) -> [Piece] {
        var out: [Piece] = []
        var number = 0
        while number < pieces.count {
            var piece = pieces[number]
            number += 1
            if piece.text.unicodeScalars.last == "第" {
                var end = number
                while end < pieces.count, end < number + 12, pieces[end].text.unicodeScalars.allSatisfy(isNumbering) {
                    end += 1
                }
                if end < pieces.count, end > number,
                    "条级项款".unicodeScalars.contains(pieces[end].text.unicodeScalars.first ?? " ")
                {
                    for next in pieces[number...end] { piece.text += (next.follows ? " " : "") + next.text }
                    number = end + 1
                }
            }
            out.append(piece)
        }
        return out
    }

    private static func isNumbering(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "," || scalar == "、" || scalar == "-" || ("0"..."9").contains(scalar)
    }

    private static func split(_ line: String, _ width: Int) -> (String, String) {
        var head = String.UnicodeScalarView()
        var rest = String.UnicodeScalarView()
        var used = 0
        for (scalar, columns) in Measured(line) {
            used += columns
            if used > width { rest.append(scalar) } else { head.append(scalar) }
        }
        return (String(head), String(rest))
    }
}
