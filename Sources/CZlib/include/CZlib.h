/// zlib. `inflateInit2` is a macro, which Swift cannot call.
#include <zlib.h>

/// - windowBits: negative for raw deflate, 15 + 32 for zlib or gzip as the data says.
static inline int openscan_inflate_init(z_streamp stream, int windowBits) {
    return inflateInit2(stream, windowBits);
}
