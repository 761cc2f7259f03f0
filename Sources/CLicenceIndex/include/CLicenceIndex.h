#include <stddef.h>

/// The compiled licence index (see Sources/Licensing/Index/IndexFormat.swift for its layout).
const unsigned char *openscan_licence_index(void);
size_t openscan_licence_index_size(void);
