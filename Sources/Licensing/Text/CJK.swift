/// CJK folding for text that is compared as characters.
public enum CJK {
    /// The ideograph that a radical code point stands for; anything else as it is.
    public static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard scalar.value >= 0x2E80, scalar.value <= 0x2FDF else { return scalar }
        return Unicode.Scalar(Radicals.fold(scalar.value)) ?? scalar
    }
}
