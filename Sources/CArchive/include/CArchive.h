/// libarchive, linked from its static archive.
#include <archive.h>
#include <archive_entry.h>
