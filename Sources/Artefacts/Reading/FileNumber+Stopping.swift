import OpenscanBytes
import OpenscanFacts

/// Arithmetic of readers: what does not fit, or falls below zero, stops them.
extension FileNumber {
    @inline(__always)
    private static func checked(
        _ result: FileNumber?, _ left: FileNumber, _ sign: StaticString, _ right: @autoclosure () -> String
    ) throws(ArtefactStop) -> FileNumber {
        guard let result else {
            throw .malformed(.integerOverflow, "\(left) \(Wording(sign.description)) \(right()) does not fit")
        }
        return result
    }

    static func + (left: FileNumber, right: FileNumber) throws(ArtefactStop) -> FileNumber {
        try checked(left.adding(right), left, "+", right.description)
    }

    static func + (left: FileNumber, right: Int) throws(ArtefactStop) -> FileNumber {
        try checked(left.adding(right), left, "+", String(right))
    }

    static func - (left: FileNumber, right: FileNumber) throws(ArtefactStop) -> FileNumber {
        try checked(left.subtracting(right), left, "-", right.description)
    }

    static func - (left: FileNumber, right: Int) throws(ArtefactStop) -> FileNumber {
        try checked(left.subtracting(right), left, "-", String(right))
    }

    static func * (left: FileNumber, right: FileNumber) throws(ArtefactStop) -> FileNumber {
        try checked(left.multiplied(by: right), left, "*", right.description)
    }

    static func * (left: FileNumber, right: Int) throws(ArtefactStop) -> FileNumber {
        try checked(left.multiplied(by: right), left, "*", String(right))
    }

    static func / (left: FileNumber, right: Int) throws(ArtefactStop) -> FileNumber {
        try checked(left.divided(by: right), left, "/", String(right))
    }

    func padded(to step: Int) throws(ArtefactStop) -> FileNumber {
        try Self.checked(roundedUp(to: step), self, "rounded up to", String(step))
    }
}
