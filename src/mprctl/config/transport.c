/* transports show, add, delete; blocks show, set, delete. */
#include <stdlib.h>
#include <string.h>

#include "mprctl/config/block.h"
#include "mprctl/config/field.h"
#include "mprctl/cli/address.h"

static const struct column columns[] = {
    {"transport", "Transport", CELL_TEXT, false},
    {"interface", "Interface", CELL_TEXT, false},
    {"stored", "Stored", CELL_FLAG, false},
    {"blocks", "Blocks", CELL_TEXT, false},
};

static const struct {
    DWORD type;
    const char *name;
} block_names[] = {
    {0xFFFF0001u, "in-filters"},
    {0xFFFF0002u, "out-filters"},
    {BLOCK_GLOBAL, "global"},
    {0xFFFF0004u, "status"},
    {BLOCK_ROUTES, "routes"},
    {BLOCK_PRIORITY, "preferences"},
    {0xFFFF0007u, "discovery"},
    {0xFFFF0009u, "dial-filters"},
    {0xFFFF000Du, "interface-filters"},
    {0xFFFF000Fu, "ipv6-global"},
    {0xFFFF0010u, "ipv6-routes"},
    {BLOCK_RIP, "rip"},
    {13, "ospf"},
    {0xFFFF0015u, "filter-enable"},
};

/* free() */
static char *block_name(DWORD type)
{
    for (size_t i = 0; i < COUNT_OF(block_names); i++) {
        if (block_names[i].type == type) return text_dup(block_names[i].name);
    }
    return text_format("0x%lx", type);
}

static DWORD block_number(const char *text)
{
    uint32_t number = 0;

    for (size_t i = 0; i < COUNT_OF(block_names); i++) {
        if (text_same(block_names[i].name, text)) return block_names[i].type;
    }
    return number_parse(text, &number) ? number : 0;
}

/* ---- transports ------------------------------------------------------------------------------ */

static char *types_text(LPVOID header)
{
    DWORD count = 0, *types = block_types(header, &count);
    struct text t = {0};

    for (DWORD i = 0; i < count; i++) {
        char *name = block_name(types[i]);

        text_addf(&t, "%s%s", i ? "," : "", name);
        free(name);
    }
    free(types);
    return t.data;
}

static void report_place(struct session *s, const struct place *place)
{
    LPVOID header = NULL, stored = NULL;
    DWORD status = block_information(s, place, &header);
    bool is_stored = block_information_stored(s, place, &stored) == NO_ERROR;
    char *types = types_text(header);

    if (status == NO_ERROR || is_stored) {
        report_text(&s->report, transport_name(place->transport));
        if (place->target)
            report_wide(&s->report, place->target->name);
        else
            report_none(&s->report);
        report_flag(&s->report, is_stored);
        report_text(&s->report, types);
    }
    free(types);
    if (header) MprInfoDelete(header);
    if (stored) MprInfoDelete(stored);
}

static void report_both(struct session *s, struct target *t)
{
    const struct place ip = {t, PID_IP}, ipv6 = {t, PID_IPV6};

    report_place(s, &ip);
    report_place(s, &ipv6);
}

static void report_any(struct session *s, struct target *t, DWORD type)
{
    (void)type;
    report_both(s, t);
}

static DWORD report_everywhere(struct session *s)
{
    report_both(s, NULL);
    return target_each(s, report_any);
}

static int show(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    DWORD status;

    report_table(&s->report, "transports", "Transports", columns, COUNT_OF(columns));
    status = name ? target_find(s, name, &t) : report_everywhere(s);
    if (status != NO_ERROR)
        return failed(call, status, "%s", name ? name : "the transports can't be listed");
    if (name) report_both(s, &t);
    return EXIT_DONE;
}

/* The place that a call names; EXIT_DONE, or what to return. */
static int find_place(const struct call *call, struct target *t, struct place *ret)
{
    const char *name = call_value(call, "name");
    DWORD status = name ? target_find(session_of(call), name, t) : NO_ERROR;

    *ret = (struct place){name ? t : NULL, transport_of(call)};
    return status == NO_ERROR ? EXIT_DONE : failed(call, status, "%s", name);
}

static int add(struct call *call)
{
    struct target t;
    struct place place;
    DWORD status;
    int code = find_place(call, &t, &place);

    if (code != EXIT_DONE) return code;
    status = block_add_transport(session_of(call), &place);
    if (status != NO_ERROR) return failed(call, status, "the transport can't be added");
    report_say(report_of(call), "%s is there.", transport_name(place.transport));
    return EXIT_DONE;
}

static DWORD remove_stored(struct session *s, const struct place *place)
{
    HANDLE handle = NULL;
    DWORD status = session_stored(s);

    if (status == NO_ERROR && !place->target) {
        status = MprConfigTransportGetHandle(s->stored, place->transport, &handle);
        return status == NO_ERROR ? MprConfigTransportDelete(s->stored, handle) : NO_ERROR;
    }
    if (status != NO_ERROR || !place->target->stored) return status;
    status = MprConfigInterfaceTransportGetHandle(s->stored, place->target->stored,
                                                  place->transport, &handle);
    if (status != NO_ERROR) return NO_ERROR;
    return MprConfigInterfaceTransportRemove(s->stored, place->target->stored, handle);
}

static int delete (struct call *call)
{
    struct session *s = session_of(call);
    struct target t;
    struct place place;
    DWORD status = NO_ERROR;
    int code = find_place(call, &t, &place);

    if (code != EXIT_DONE) return code;
    if (place.target && t.running)
        status = MprAdminInterfaceTransportRemove(s->running, t.running, place.transport);
    if (status == NO_ERROR) status = remove_stored(s, &place);
    if (status != NO_ERROR) return failed(call, status, "the transport can't be removed");
    report_say(&s->report, "%s was removed.", transport_name(place.transport));
    return EXIT_DONE;
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static const struct column block_columns[] = {
    {"type", "Type", CELL_NUMBER, false},
    {"name", "Name", CELL_TEXT, false},
    {"item_size", "Item size", CELL_NUMBER, false},
    {"count", "Count", CELL_NUMBER, false},
    {"data", "Data", CELL_TEXT, true},
};

static void report_block(struct report *r, DWORD type, const struct block *block)
{
    char *name = block_name(type),
         *data = hex_of(block->data, (size_t)block->item_size * block->count);

    report_number(r, type);
    report_text(r, name);
    report_number(r, block->item_size);
    report_number(r, block->count);
    report_text(r, data);
    free(name);
    free(data);
}

static int show_blocks(struct call *call)
{
    struct session *s = session_of(call);
    struct target t;
    struct place place;
    LPVOID header = NULL;
    DWORD status, count = 0, *types;
    int code = find_place(call, &t, &place);

    if (code != EXIT_DONE) return code;
    status = block_information(s, &place, &header);
    if (status != NO_ERROR) return failed(call, status, "there are no blocks");
    report_table(&s->report, "blocks", "Blocks", block_columns, COUNT_OF(block_columns));
    types = block_types(header, &count);
    for (DWORD i = 0; i < count; i++) {
        struct block block;

        if (block_find(header, types[i], &block) == NO_ERROR)
            report_block(&s->report, types[i], &block);
        free(block.data);
    }
    free(types);
    if (header) MprInfoDelete(header);
    return EXIT_DONE;
}

static int write_block(struct call *call, struct block *block, const char *done)
{
    struct target t;
    struct place place;
    DWORD status, type = block_number(call_value(call, "type"));
    int code = find_place(call, &t, &place);

    if (code == EXIT_DONE && !type)
        code =
            wrong_words(session_of(call), "type=%s is no type of block", call_value(call, "type"));
    if (code == EXIT_DONE) {
        status = block_set(session_of(call), &place, type, block);
        if (status != NO_ERROR)
            code = failed(call, status, "the block can't be written");
        else
            report_say(report_of(call), "The block was %s.", done);
    }
    free(block->data);
    return code;
}

static int set_block(struct call *call)
{
    size_t size = 0;
    BYTE *data = hex_octets(call_value(call, "data"), &size);
    DWORD item = call_number(call, "itemsize", (unsigned)size);
    struct block block = {item, item ? (DWORD)size / item : 0, data};

    if (!item || size % item) {
        free(data);
        return wrong_words(session_of(call), "data is no whole number of items");
    }
    return write_block(call, &block, "set");
}

static int delete_block(struct call *call)
{
    struct block nothing = {0};

    return write_block(call, &nothing, "removed");
}

/* ---- the tables ------------------------------------------------------------------------------ */

#define NAME_OR_ALL                                                            \
    {                                                                          \
        "name", NULL, false, "the interface; without it the router as a whole" \
    }
#define TRANSPORT                                                         \
    {                                                                     \
        "transport", TRANSPORT_CHOICES, false, "ip, the default, or ipv6" \
    }
#define TYPE                                                                \
    {                                                                       \
        "type", NULL, true, "its number, or a name that blocks show prints" \
    }

static const struct parameter show_parameters[] = {
    {"name", NULL, false, "the interface; without it all of them"}};
static const struct parameter place_parameters[] = {NAME_OR_ALL, TRANSPORT};
static const struct parameter delete_block_parameters[] = {TYPE, NAME_OR_ALL, TRANSPORT};
static const struct parameter set_block_parameters[] = {
    TYPE,
    {"data", VALUE_HEX, true, "its octets, in hexadecimal"},
    NAME_OR_ALL,
    TRANSPORT,
    {"itemsize", VALUE_NUMBER, false, "octets of an item; without it one item has them all"}};

const struct command transport_commands[] = {
    {"transports show", "routing show helper", "Get-NetAdapterBinding",
     "Shows the router managers, and on which interfaces they are", NULL, show_parameters,
     COUNT_OF(show_parameters), show},
    {"transports add", NULL, "Enable-NetAdapterBinding",
     "Puts a transport on an interface, or installs its router manager", NULL, place_parameters,
     COUNT_OF(place_parameters), add},
    {"transports delete", NULL, "Disable-NetAdapterBinding", "Takes a transport off an interface",
     "Without an interface its router manager is there no more from the router's next start on.",
     place_parameters, COUNT_OF(place_parameters), delete},
};
const size_t transport_command_count = COUNT_OF(transport_commands);

const struct command block_commands[] = {
    {"blocks show", NULL, NULL, "Shows information blocks as they are",
     "With --json their octets as well.", place_parameters, COUNT_OF(place_parameters),
     show_blocks},
    {"blocks set", NULL, NULL, "Writes an information block, octet by octet",
     "For what mprctl has no words for: filters, protocols of others. dump uses it.",
     set_block_parameters, COUNT_OF(set_block_parameters), set_block},
    {"blocks delete", NULL, NULL, "Removes an information block", NULL, delete_block_parameters,
     COUNT_OF(delete_block_parameters), delete_block},
};
const size_t block_command_count = COUNT_OF(block_commands);
