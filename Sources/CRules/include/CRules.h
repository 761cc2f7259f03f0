#pragma once
#include <stddef.h>

/// The compiled rules of Licenses/, as `make rules` writes them.
const void *openscan_rules(void);
size_t openscan_rules_size(void);

/// Where each id of them is defined: `kind/id`, a tab, `file:line`, a line an id.
const void *openscan_rule_places(void);
size_t openscan_rule_places_size(void);
