import OpenscanBytes

extension Openscan {
    /// Names of the policies that ship with the program.
    public var policyPresets: [String] { PolicyReader(rules).presets }

    /// A policy that ships with the program.
    /// - Throws: `PolicyProblem` where none has this name.
    public func policy(preset name: String) throws(PolicyProblem) -> Policy { try PolicyReader(rules).preset(name) }

    /// A policy as a file has it.
    /// - Parameters:
    ///   - bytes: the file, YAML.
    ///   - name: what problems and rules call it.
    ///   - file: gives the bytes of a file that it extends, by the words that name it.
    /// - Throws: `PolicyProblem` with line and column.
    public func policy(
        _ bytes: [UInt8], name: String,
        file: (_ name: String) throws(PolicyProblem) -> [UInt8]? = { (_) throws(PolicyProblem) in nil }
    ) throws(PolicyProblem) -> Policy {
        let reader = PolicyFileReader()
        return try PolicyReader(rules).read(try reader.read(bytes), name: name) { (other) throws(PolicyProblem) in
            guard let bytes = try file(other) else { return nil }
            do throws(PolicyProblem) { return (try reader.read(bytes), other) } catch {
                throw PolicyProblem(error.message, at: error.place, file: error.file ?? other)
            }
        }
    }

    /// Holds a judged release against a policy.
    /// - Parameter today: the day by which exceptions hold.
    public func judged(
        _ dossier: Dossier, by policy: Policy, review: Review? = nil, baseline: Baseline? = nil,
        today: StatedDate? = nil
    ) -> PolicyResult {
        Judge(rules).judged(dossier, by: policy, review: review, baseline: baseline, today: today)
    }
}
