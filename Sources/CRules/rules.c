#include "CRules.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char rules[] = {
#embed "rules.jsonl"
};

const void *openscan_rules(void) { return rules; }
size_t openscan_rules_size(void) { return sizeof rules; }
