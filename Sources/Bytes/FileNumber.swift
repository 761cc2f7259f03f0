/// A size, count or offset that a file gives: never negative, and nothing that is done with it wraps or traps.
///
/// There is no plain arithmetic on it: what might not fit is `nil`, and a module that has an error for that puts operators
/// that throw it on top. What is done with `value` is no longer checked: it is for what checks bounds itself.
@frozen public struct FileNumber: Hashable, Sendable {
    /// The number, not negative.
    public let value: Int

    /// Nothing, or the beginning.
    public static let zero = FileNumber(count: 0)

    /// The number itself; `nil` where it is negative or larger than `Int.max`.
    @inlinable
    public init?(exactly number: some BinaryInteger) {
        guard let value = Int(exactly: number), value >= 0 else { return nil }
        self.value = value
    }

    /// A number of things at hand; a negative one counts as nothing.
    @inlinable
    public init(count: Int) { value = Swift.max(0, count) }

    /// The elements of a shape; `nil` where a dimension is negative or the product does not fit.
    @inlinable
    public init?(productOf shape: some Sequence<Int>) {
        var product = 1
        for dimension in shape {
            let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
            guard dimension >= 0, !overflow else { return nil }
            product = next
        }
        value = product
    }

    /// Ordinals of that many things, at most `most` of them.
    @inlinable
    public func indices(most: Int = .max) -> Range<Int> { 0..<Swift.min(value, Swift.max(0, most)) }
}

// MARK: Arithmetic, `nil` where the result is negative or does not fit

extension FileNumber {
    /// The sum; `other` may be negative.
    @inlinable
    public func adding(_ other: Int) -> FileNumber? {
        let (sum, overflow) = value.addingReportingOverflow(other)
        return overflow || sum < 0 ? nil : FileNumber(count: sum)
    }

    /// The sum.
    @inlinable
    public func adding(_ other: FileNumber) -> FileNumber? { adding(other.value) }

    /// The difference; `other` may be negative.
    @inlinable
    public func subtracting(_ other: Int) -> FileNumber? {
        let (difference, overflow) = value.subtractingReportingOverflow(other)
        return overflow || difference < 0 ? nil : FileNumber(count: difference)
    }

    /// The difference.
    @inlinable
    public func subtracting(_ other: FileNumber) -> FileNumber? { subtracting(other.value) }

    /// The product.
    @inlinable
    public func multiplied(by other: Int) -> FileNumber? {
        let (product, overflow) = value.multipliedReportingOverflow(by: other)
        return overflow || product < 0 ? nil : FileNumber(count: product)
    }

    /// The product.
    @inlinable
    public func multiplied(by other: FileNumber) -> FileNumber? { multiplied(by: other.value) }

    /// How often `other` goes into it; also `nil` for nothing to divide by.
    @inlinable
    public func divided(by other: Int) -> FileNumber? { other > 0 ? FileNumber(count: value / other) : nil }

    /// The next multiple of `step` at or above it; also `nil` for a step that is none.
    @inlinable
    public func roundedUp(to step: Int) -> FileNumber? {
        guard step > 0 else { return nil }
        let rest = value % step
        return rest == 0 ? self : adding(step - rest)
    }
}

// MARK: Comparison, with numbers of ours too

extension FileNumber: Comparable {
    /// The smaller number.
    @inlinable
    public static func < (left: FileNumber, right: FileNumber) -> Bool { left.value < right.value }
}

extension FileNumber {
    /// Whether the number is `right`.
    @inlinable
    public static func == (left: FileNumber, right: Int) -> Bool { left.value == right }
    /// Whether the number is another one than `right`.
    @inlinable
    public static func != (left: FileNumber, right: Int) -> Bool { left.value != right }
    /// Whether the number is below `right`.
    @inlinable
    public static func < (left: FileNumber, right: Int) -> Bool { left.value < right }
    /// Whether the number is at most `right`.
    @inlinable
    public static func <= (left: FileNumber, right: Int) -> Bool { left.value <= right }
    /// Whether the number is above `right`.
    @inlinable
    public static func > (left: FileNumber, right: Int) -> Bool { left.value > right }
    /// Whether the number is at least `right`.
    @inlinable
    public static func >= (left: FileNumber, right: Int) -> Bool { left.value >= right }
}

extension FileNumber: CustomStringConvertible {
    /// The digits.
    public var description: String { String(value) }
}

extension ByteReader {
    /// The next number in the reader's byte order; `nil` where it is negative or larger than `Int.max`.
    /// - Throws: `EndOfData` when there are too few bytes; the offset stays.
    @inlinable
    public mutating func number<Value: FixedWidthInteger>(_ type: Value.Type) throws(EndOfData) -> FileNumber? {
        FileNumber(exactly: try integer(type))
    }
}
