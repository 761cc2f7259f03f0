import COpenscanSystem
import OpenscanBytes

/// The other side of a worker process: answers what comes on standard input, on standard output, until it closes.
public enum WorkerLoop {
    /// - Parameters:
    ///   - memory: bytes of address space; 0 for no bound.
    ///   - answer: makes the answer to a request.
    /// - Throws: `ReadError.system` where the bounds cannot be set.
    public static func run(memory: Int, answer: ([UInt8]) -> [UInt8]) throws(ReadError) {
        let code = openscan_be_worker(UInt64(max(0, memory)))
        guard code == 0 else { throw .system(operation: "bound the memory of", path: "worker", code: code) }
        while let request = Frame.read(from: 0) {
            guard Frame.write(answer(request), to: 1) else { return }
        }
    }
}
