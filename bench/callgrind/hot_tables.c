/* Phone book, route table and RIP packets. */
#include <stdlib.h>

#include "callgrind/hot.h"
#include "phonebook/phonebook.h"
#include "protocol/rip/config.h"
#include "protocol/rip/packet.h"
#include "rtm/rtm.h"
#include "support/pairs.h"
#include "support/pbk_text.h"

#define PBK_ENTRIES 200u
#define ROUTES      10000u
#define PACKETS     1000u

/* ---- phone book ------------------------------------------------------------------------------ */

static char *text;
static size_t text_size;
static struct phonebook *book;

static void pbk_prepare(void)
{
    text = pbk_text(PBK_ENTRIES, &text_size);
}

static void pbk_parse(void)
{
    hot_check(phonebook_parse(&book, text, text_size, NULL) == ST_OK, "phonebook_parse");
}

static void pbk_finish(void)
{
    hot_check(phonebook_count(book) == PBK_ENTRIES, "the count of entries");
    phonebook_free(book);
    free(text);
}

static void pbk_parsed(void)
{
    pbk_prepare();
    pbk_parse();
}

static void pbk_settings(void)
{
    const struct phonebook_entry *e = NULL;
    struct phonebook_settings settings;

    while ((e = phonebook_next(book, e)) != NULL) {
        hot_check(phonebook_entry_settings(e, &settings) == ST_OK, "phonebook_entry_settings");
        phonebook_settings_free(&settings);
    }
}

/* ---- route table ----------------------------------------------------------------------------- */

static uint32_t keys[ROUTES];
static struct rtm *table;
static struct rtm_entity *owner;

/* /24s in a fixed disorder: 4001 has no factor in common with ROUTES. */
static void rtm_prepare(void)
{
    for (uint32_t i = 0; i < ROUTES; i++) keys[i] = 0x14000000u + ((i * 4001u % ROUTES) << 8);
    hot_check(rtm_create(&table, RTM_IPV4) == ST_OK, "rtm_create");
    hot_check(rtm_register(table, 1, &owner) == ST_OK, "rtm_register");
}

static void rtm_add(void)
{
    struct rtm_route route = {.protocol = 8, .interface = 1, .metric = 2, .preference = 120};

    for (uint32_t i = 0; i < ROUTES; i++) {
        struct rtm_prefix prefix = rtm_prefix_ipv4(keys[i], 0xFFFFFF00u);
        hot_check(rtm_route_add(owner, &prefix, &route, NULL) == ST_OK, "rtm_route_add");
    }
}

static void rtm_filled(void)
{
    rtm_prepare();
    rtm_add();
}

static void rtm_match(void)
{
    for (uint32_t i = 0; i < ROUTES; i++) {
        struct rtm_address address = rtm_address_ipv4(keys[i] | 77u);
        hot_check(rtm_best_match(table, &address, NULL) != NULL, "rtm_best_match");
    }
}

static void rtm_finish(void)
{
    hot_check(rtm_destination_count(table) == ROUTES, "the count of routes");
    rtm_destroy(table);
}

/* ---- RIP packets ----------------------------------------------------------------------------- */

static const struct rip_auth no_auth = {.type = RIP_AUTH_NONE};
static struct rip_builder packet;
static size_t packet_size;
static uint32_t metrics;

static void rip_prepare(void)
{
    rip_build(&packet, RIP_RESPONSE, 2, &no_auth, 0);
    for (uint32_t i = 0; i < RIP_ENTRIES_MAX; i++) {
        struct rip_entry e = {.family = RIP_FAMILY_IPV4,
                              .address = 0x14000000u + (i << 8),
                              .mask = 0xFFFFFF00u,
                              .metric = 1};
        rip_build_entry(&packet, &e);
    }
    packet_size = rip_build_finish(&packet);
}

static void rip_parse(void)
{
    struct rip_packet p;

    for (unsigned n = 0; n < PACKETS; n++) {
        hot_check(rip_packet_parse(&p, packet.data, packet_size, &no_auth) == RIP_KEEP,
                  "rip_packet_parse");
        for (unsigned i = 0; i < p.count; i++) metrics += rip_entry_read(&p).metric;
    }
}

static void rip_finish(void)
{
    hot_check(metrics == PACKETS * RIP_ENTRIES_MAX, "the entries");
}

const struct hot_case hot_tables[] = {
    {"pbk-parse-200-entries", pbk_prepare, pbk_parse, pbk_finish},
    {"pbk-settings-200-entries", pbk_parsed, pbk_settings, pbk_finish},
    {"rtm-add-10000-routes", rtm_prepare, rtm_add, rtm_finish},
    {"rtm-match-10000-routes", rtm_filled, rtm_match, rtm_finish},
    {"rip-parse-1000-packets", rip_prepare, rip_parse, rip_finish},
    {0},
};
