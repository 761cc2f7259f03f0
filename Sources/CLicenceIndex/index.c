#include "CLicenceIndex.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

/* Page-aligned, so that the words and tables inside can be read in place. */
_Alignas(4096) static const unsigned char licence_index[] = {
#embed "licences.index"
};

const unsigned char *openscan_licence_index(void) { return licence_index; }
size_t openscan_licence_index_size(void) { return sizeof(licence_index); }
