extension Int {
    /// The sum, or the largest number where it does not fit: files and archives announce what they like. For numbers that are not
    /// negative.
    package func saturatingSum(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
