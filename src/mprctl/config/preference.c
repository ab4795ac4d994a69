/* Which routes win: the preference of each protocol, lower before higher. */
#include <stdlib.h>
#include <string.h>

#include "mprctl/config/block.h"
#include "mprctl/config/rows.h"

struct pair {
    DWORD protocol, level;
};

struct pairs {
    struct pair *list; /* free() */
    DWORD count;
};

static const struct place global = {NULL, PID_IP};

/* PRIORITY_INFO: a count and that many pairs. */
static DWORD load(struct session *s, struct pairs *ret)
{
    struct block block;
    DWORD status = block_get(s, &global, BLOCK_PRIORITY, &block), count = 0;
    size_t size = (size_t)block.item_size * block.count;

    *ret = (struct pairs){NULL, 0};
    if (status == ERROR_NOT_FOUND) return NO_ERROR;
    if (status != NO_ERROR) return status;
    if (size >= sizeof(count)) memcpy(&count, block.data, sizeof(count));
    if ((size - sizeof(count)) / sizeof(struct pair) < count) status = ERROR_INVALID_DATA;
    if (status == NO_ERROR && size >= sizeof(count)) {
        ret->list = text_alloc((count + 1) * sizeof(*ret->list));
        memcpy(ret->list, block.data + sizeof(count), count * sizeof(*ret->list));
        ret->count = count;
    }
    free(block.data);
    return status;
}

static DWORD store(struct session *s, const struct pairs *pairs)
{
    DWORD size = (DWORD)(sizeof(pairs->count) + pairs->count * sizeof(*pairs->list)), status;
    struct block block = {size, 1, text_alloc(size)};

    memcpy(block.data, &pairs->count, sizeof(pairs->count));
    if (pairs->count)
        memcpy(block.data + sizeof(pairs->count), pairs->list, pairs->count * sizeof(*pairs->list));
    status = block_set(s, &global, BLOCK_PRIORITY, &block);
    free(block.data);
    return status;
}

static const struct column columns[] = {
    {"protocol", "Protocol", CELL_TEXT, false},
    {"protocol_number", "Number", CELL_NUMBER, true},
    {"preference", "Preference", CELL_NUMBER, false},
};

static int show(struct call *call)
{
    struct report *r = report_of(call);
    struct pairs pairs;
    char name[PROTOCOL_TEXT];
    DWORD status = load(session_of(call), &pairs);

    if (status != NO_ERROR) return failed(call, status, "the preferences can't be read");
    report_table(r, "preferences", "Preferences", columns, COUNT_OF(columns));
    for (DWORD i = 0; i < pairs.count; i++) {
        report_text(r, protocol_name(pairs.list[i].protocol, name));
        report_number(r, pairs.list[i].protocol);
        report_number(r, pairs.list[i].level);
    }
    free(pairs.list);
    return EXIT_DONE;
}

static struct pair *find(const struct pairs *pairs, DWORD protocol)
{
    for (DWORD i = 0; i < pairs->count; i++) {
        if (pairs->list[i].protocol == protocol) return &pairs->list[i];
    }
    return NULL;
}

static int set(struct call *call)
{
    const char *proto = call_value(call, "proto");
    struct pair wanted = {protocol_number(proto), call_number(call, "preflevel", 0)}, *there;
    struct pairs pairs;
    DWORD status = load(session_of(call), &pairs);

    if (status == NO_ERROR) {
        there = find(&pairs, wanted.protocol);
        if (there) {
            *there = wanted;
        } else {
            if (!pairs.list) pairs.list = text_alloc(sizeof(*pairs.list));
            pairs.list[pairs.count++] = wanted;
        }
        status = store(session_of(call), &pairs);
    }
    free(pairs.list);
    if (status != NO_ERROR) return failed(call, status, "%s can't be set", proto);
    report_say(report_of(call), "%s has preference %lu.", proto, wanted.level);
    return EXIT_DONE;
}

static int delete (struct call *call)
{
    const char *proto = call_value(call, "proto");
    struct pairs pairs;
    struct pair *there;
    DWORD status = load(session_of(call), &pairs);

    if (status == NO_ERROR) {
        there = find(&pairs, protocol_number(proto));
        if (there) {
            memmove(there, there + 1,
                    (size_t)(pairs.list + pairs.count - there - 1) * sizeof(*there));
            pairs.count--;
            status = store(session_of(call), &pairs);
        } else {
            status = ERROR_NOT_FOUND;
        }
    }
    free(pairs.list);
    if (status != NO_ERROR) return failed(call, status, "%s can't be deleted", proto);
    report_say(report_of(call), "%s has no preference of its own.", proto);
    return EXIT_DONE;
}

static int clear(struct call *call)
{
    const struct block nothing = {0};
    DWORD status = block_set(session_of(call), &global, BLOCK_PRIORITY, &nothing);

    if (status != NO_ERROR) return failed(call, status, "the preferences can't be cleared");
    report_say(report_of(call), "The router's own preferences count.");
    return EXIT_DONE;
}

#define PROTO                                                       \
    {                                                               \
        "proto", PROTOCOL_CHOICES, true, "who the routes come from" \
    }
static const struct parameter set_parameters[] = {
    PROTO, {"preflevel", VALUE_NUMBER, true, "the lower one wins"}};
static const struct parameter delete_parameters[] = {PROTO};

const struct command preference_commands[] = {
    {"preferences show", "routing ip show preferenceforprotocol", "Get-NetRoute (RouteMetric)",
     "Shows which protocol's routes win", NULL, NULL, 0, show},
    {"preferences set", "routing ip set preferenceforprotocol|routing ip add preferenceforprotocol",
     NULL, "Sets the preference of a protocol's routes", NULL, set_parameters,
     COUNT_OF(set_parameters), set},
    {"preferences delete", "routing ip delete preferenceforprotocol", NULL,
     "Takes a protocol out of the list: its routes come last", NULL, delete_parameters,
     COUNT_OF(delete_parameters), delete},
    {"preferences clear", NULL, NULL, "Empties the list: the router's own preferences count", NULL,
     NULL, 0, clear},
};
const size_t preference_command_count = COUNT_OF(preference_commands);
