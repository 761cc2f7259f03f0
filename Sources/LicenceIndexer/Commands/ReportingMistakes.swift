import ArgumentParser
import Foundation

/// Runs `body`; mistakes in edited files go to standard error, a line each as compilers write them, and end the program
/// with 1.
func reportingMistakes(_ body: () throws -> Void) throws {
    do { try body() } catch let mistakes as Mistakes {
        FileHandle.standardError.write(Data((mistakes.description + "\n").utf8))
        throw ExitCode.failure
    }
}
