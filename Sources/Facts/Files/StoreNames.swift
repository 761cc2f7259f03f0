/// Names under which files of stores are shown that have none of their own.
public enum StoreNames {
    /// The config that a manifest names beside its layers.
    public static let layersConfig = "config-of-layers.json"
}
