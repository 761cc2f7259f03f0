import Synchronization

/// A value that is made when it is first asked for, once, whoever asks.
public final class Lazy<Value: Sendable>: Sendable {
    private let make: @Sendable () -> Value
    private let value = Mutex<Value?>(nil)

    /// - Parameter make: makes the value, when it is first asked for.
    public init(_ make: @escaping @Sendable () -> Value) { self.make = make }

    /// The value.
    public var wrapped: Value {
        value.withLock { known in
            if let known { return known }
            let new = make()
            known = new
            return new
        }
    }
}
