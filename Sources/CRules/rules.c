#include "CRules.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char rules[] = {
#embed "rules.jsonl"
};

const void *openscan_rules(void) { return rules; }
size_t openscan_rules_size(void) { return sizeof rules; }

static const unsigned char places[] = {
#embed "places.tsv"
};

const void *openscan_rule_places(void) { return places; }
size_t openscan_rule_places_size(void) { return sizeof places; }
