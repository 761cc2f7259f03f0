#pragma once
#include <stddef.h>

/// The compiled rules of Licenses/, as `make rules` writes them.
const void *openscan_rules(void);
size_t openscan_rules_size(void);
