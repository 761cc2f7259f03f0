import OpenscanFacts

/// An index of shards names files that are not there. A gap: no claim is needed.
struct ShardSetIncomplete: FlagRule {
    let id: FlagID = "shard-set-incomplete"

    func check(_ context: FlagContext) -> FlagFinding? { context.missingShards }
}
