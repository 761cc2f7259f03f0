/// Numbers as people read them.
enum Amounts {
    /// Bytes in decimal units.
    static func bytes(_ count: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB", "PB"]
        var value = Double(count)
        var unit = 0
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(count) B" : "\(short(value)) \(units[unit])"
    }

    /// A count in thousands, millions or billions.
    static func count(_ number: Int) -> String {
        if number >= 1_000_000_000 { return short(Double(number) / 1e9) + " B" }
        if number >= 1_000_000 { return short(Double(number) / 1e6) + " M" }
        if number >= 1_000 { return short(Double(number) / 1e3) + " k" }
        return String(number)
    }

    /// A number with its thousands set apart.
    static func whole(_ number: Int) -> String {
        var digits = Array(String(number.magnitude))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return (number < 0 ? "-" : "") + String(digits)
    }

    /// A share in percent.
    static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))" }

    private static func short(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return value >= 100 ? String(Int(value.rounded())) : "\(tenths / 10).\(tenths % 10)"
    }
}
