#include "CPages.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char page[] = {
#embed "review/page.mustache"
};
static const unsigned char answer[] = {
#embed "review/answer.mustache"
};
static const unsigned char use[] = {
#embed "review/use.mustache"
};
static const unsigned char gradient[] = {
#embed "review/gradient.mustache"
};
static const unsigned char parts[] = {
#embed "review/parts.mustache"
};
static const unsigned char licences[] = {
#embed "review/licences.mustache"
};
static const unsigned char yardsticks[] = {
#embed "review/yardsticks.mustache"
};
static const unsigned char flags[] = {
#embed "review/flags.mustache"
};
static const unsigned char lineage[] = {
#embed "review/lineage.mustache"
};
static const unsigned char weights[] = {
#embed "review/weights.mustache"
};
static const unsigned char appendix[] = {
#embed "review/appendix.mustache"
};
static const unsigned char evidence[] = {
#embed "review/evidence.mustache"
};
static const unsigned char reason[] = {
#embed "review/reason.mustache"
};
static const unsigned char mark[] = {
#embed "review/mark.mustache"
};
static const unsigned char line[] = {
#embed "review/line.mustache"
};
static const unsigned char criterion[] = {
#embed "review/criterion.mustache"
};
static const unsigned char human[] = {
#embed "review/human.mustache"
};
static const unsigned char question[] = {
#embed "review/question.mustache"
};
static const unsigned char decisions[] = {
#embed "review/decisions.mustache"
};
static const unsigned char difference[] = {
#embed "review/difference.mustache"
};
static const unsigned char change[] = {
#embed "review/change.mustache"
};
static const unsigned char style[] = {
#embed "review/review.css"
};
static const unsigned char script[] = {
#embed "review/review.js"
};
static const unsigned char catalogue_head[] = {
#embed "catalogue/catalogue-head.mustache"
};
static const unsigned char catalogue_foot[] = {
#embed "catalogue/catalogue-foot.mustache"
};
static const unsigned char catalogue_index[] = {
#embed "catalogue/catalogue-index.mustache"
};
static const unsigned char catalogue_facet[] = {
#embed "catalogue/catalogue-facet.mustache"
};
static const unsigned char catalogue_release[] = {
#embed "catalogue/catalogue-release.mustache"
};
static const unsigned char catalogue_plots[] = {
#embed "catalogue/catalogue-plots.mustache"
};
static const unsigned char catalogue_bars[] = {
#embed "catalogue/catalogue-bars.mustache"
};
static const unsigned char catalogue_about[] = {
#embed "catalogue/catalogue-about.mustache"
};
static const unsigned char catalogue_missing[] = {
#embed "catalogue/catalogue-missing.mustache"
};
static const unsigned char catalogue_style[] = {
#embed "catalogue/catalogue.css"
};
static const unsigned char site_script[] = {
#embed "catalogue/site.js"
};
static const unsigned char list_script[] = {
#embed "catalogue/list.js"
};
static const unsigned char release_script[] = {
#embed "catalogue/release.js"
};

static const openscan_page_file files[] = {
    {"page.mustache", page, sizeof page},
    {"answer.mustache", answer, sizeof answer},
    {"use.mustache", use, sizeof use},
    {"gradient.mustache", gradient, sizeof gradient},
    {"parts.mustache", parts, sizeof parts},
    {"licences.mustache", licences, sizeof licences},
    {"yardsticks.mustache", yardsticks, sizeof yardsticks},
    {"flags.mustache", flags, sizeof flags},
    {"lineage.mustache", lineage, sizeof lineage},
    {"weights.mustache", weights, sizeof weights},
    {"appendix.mustache", appendix, sizeof appendix},
    {"evidence.mustache", evidence, sizeof evidence},
    {"reason.mustache", reason, sizeof reason},
    {"mark.mustache", mark, sizeof mark},
    {"line.mustache", line, sizeof line},
    {"criterion.mustache", criterion, sizeof criterion},
    {"human.mustache", human, sizeof human},
    {"question.mustache", question, sizeof question},
    {"decisions.mustache", decisions, sizeof decisions},
    {"difference.mustache", difference, sizeof difference},
    {"change.mustache", change, sizeof change},
    {"review.css", style, sizeof style},
    {"review.js", script, sizeof script},
    {"catalogue-head.mustache", catalogue_head, sizeof catalogue_head},
    {"catalogue-foot.mustache", catalogue_foot, sizeof catalogue_foot},
    {"catalogue-index.mustache", catalogue_index, sizeof catalogue_index},
    {"catalogue-facet.mustache", catalogue_facet, sizeof catalogue_facet},
    {"catalogue-release.mustache", catalogue_release, sizeof catalogue_release},
    {"catalogue-plots.mustache", catalogue_plots, sizeof catalogue_plots},
    {"catalogue-bars.mustache", catalogue_bars, sizeof catalogue_bars},
    {"catalogue-about.mustache", catalogue_about, sizeof catalogue_about},
    {"catalogue-missing.mustache", catalogue_missing, sizeof catalogue_missing},
    {"catalogue.css", catalogue_style, sizeof catalogue_style},
    {"site.js", site_script, sizeof site_script},
    {"list.js", list_script, sizeof list_script},
    {"release.js", release_script, sizeof release_script},
};

size_t openscan_page_count(void) { return sizeof files / sizeof files[0]; }
openscan_page_file openscan_page(size_t number) { return files[number]; }
