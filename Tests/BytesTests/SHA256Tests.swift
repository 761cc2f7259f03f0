import OpenscanBytes
import Testing

@Suite struct SHA256Tests {
    /// Examples of FIPS 180-4 and of the hash's own test vectors.
    @Test func givesThePublishedDigests() {
        #expect(SHA256.hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(SHA256.hex("abc".utf8) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            SHA256.hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)
                == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
        #expect(
            SHA256.hex([UInt8](repeating: UInt8(ascii: "a"), count: 10_000))
                == "27dd1f61b867b6a0f6e9d8a41c43231de52107e53ae424de8f847b821db4b711")
    }

    @Test func piecesMakeTheSameDigest() {
        let bytes = (0..<200).map { UInt8($0) }
        for cut in [0, 1, 55, 56, 63, 64, 65, 128, 200] {
            var sum = SHA256()
            sum.update(bytes[..<cut])
            sum.update(bytes[cut...])
            #expect(sum.digest() == SHA256.digest(bytes), "\(cut)")
            var blocks = SHA256()
            bytes[..<cut].withUnsafeBytes { blocks.update($0) }
            bytes[cut...].withUnsafeBytes { blocks.update($0) }
            #expect(blocks.digest() == sum.digest(), "\(cut)")
        }
    }

    @Test func base64HasPadding() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"]
        let coded = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]
        #expect(texts.map { Base64.text(Array($0.utf8)) } == coded)
    }
}
