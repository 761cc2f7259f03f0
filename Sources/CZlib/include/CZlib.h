/// zlib. `inflateInit2` is a macro, which Swift cannot call.
#include <zlib.h>

static inline int openscan_inflate_init_raw(z_streamp stream) {
    return inflateInit2(stream, -MAX_WBITS);
}
