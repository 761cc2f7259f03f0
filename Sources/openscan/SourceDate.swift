#if canImport(Glibc)
    import Glibc
#endif

/// The time that outputs may carry: what SOURCE_DATE_EPOCH says, as builds that can be repeated have it.
enum SourceDate {
    /// Seconds since 1970; `nil` where nothing says.
    static var seconds: Int? { getenv("SOURCE_DATE_EPOCH").flatMap { Int(String(cString: $0)) } }
}
