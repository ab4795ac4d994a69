/* rip show, set, delete, key; rip global show, set; rip install, uninstall. */
#include "mprctl/config/rip.h"

#include <stdlib.h>
#include <string.h>

/* ---- show ------------------------------------------------------------------------------------ */

static const struct column interface_columns[] = {
    {"interface", "Interface", CELL_TEXT, false},
    INTERFACE_ROWS(RIP_COLUMN){"neighbors", "neighbors", CELL_TEXT, false},
    {"acceptranges", "acceptranges", CELL_TEXT, true},
    {"announceranges", "announceranges", CELL_TEXT, true},
    {"key", "key", CELL_FLAG, true},
};

#define GLOBAL_COLUMN(name, values, kind, member, choices, flags, help) \
    {#name, #name, FIELD_##kind == FIELD_NUMBER ? CELL_NUMBER : CELL_TEXT, false},
static const struct column global_columns[] = {
    GLOBAL_ROWS(GLOBAL_COLUMN){"peers", "peers", CELL_TEXT, false}};

static void report_fields(struct report *r, const struct rip_config *c, const struct field *fields,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *value = field_text(&fields[i], c->octets);

        report_text(r, value);
        free(value);
    }
}

static void report_list(struct report *r, const struct rip_config *c, int list)
{
    char *value = rip_list_text(c, list);

    report_text(r, *value ? value : NULL);
    free(value);
}

static DWORD report_interface(struct session *s, struct target *t)
{
    const struct place place = {t, PID_IP};
    struct block block;
    struct rip_config c = {.head = 0};
    DWORD status = block_get(s, &place, BLOCK_RIP, &block);

    if (status == NO_ERROR) status = rip_config_of(&block, sizeof(c.on), &c);
    if (status == NO_ERROR) {
        report_wide(&s->report, t->name);
        report_fields(&s->report, &c, rip_interface_fields, RIP_INTERFACE_FIELDS);
        for (int list = RIP_LIST_NEIGHBOURS; list <= RIP_LIST_ANNOUNCE; list++)
            report_list(&s->report, &c, list);
        report_flag(&s->report, rip_has_key(&c.on));
    }
    free(c.list);
    free(block.data);
    return status;
}

static void report_any(struct session *s, struct target *t, DWORD type)
{
    (void)type;
    report_interface(s, t);
}

static int show(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    DWORD status = name ? target_find(s, name, &t) : NO_ERROR;

    if (status == NO_ERROR) {
        if (name)
            report_record(&s->report, "rip_interfaces", "RIP", interface_columns,
                          COUNT_OF(interface_columns));
        else
            report_table(&s->report, "rip_interfaces", "RIP", interface_columns,
                         COUNT_OF(interface_columns));
        status = name ? report_interface(s, &t) : target_each(s, report_any);
    }
    if (status == NO_ERROR) return EXIT_DONE;
    return failed(call, status, "RIP on %s", name ? name : "the interfaces");
}

static const struct place global = {NULL, PID_IP};

static int show_global(struct call *call)
{
    struct report *r = report_of(call);
    struct block block;
    struct rip_config c = {.head = 0};
    DWORD status = block_get(session_of(call), &global, BLOCK_RIP, &block);

    if (status == NO_ERROR) status = rip_config_of(&block, sizeof(c.global), &c);
    free(block.data);
    if (status != NO_ERROR) return failed(call, status, "RIP is not installed");
    report_record(r, "rip", "RIP", global_columns, COUNT_OF(global_columns));
    report_fields(r, &c, rip_global_fields, RIP_GLOBAL_FIELDS);
    report_list(r, &c, RIP_LIST_PEERS);
    free(c.list);
    return EXIT_DONE;
}

/* ---- set ------------------------------------------------------------------------------------- */

/* Reads what is there, or takes the default; changes it by the call's words; stores it. */
static int change(const struct call *call, const struct place *place, struct rip_config c,
                  const struct field *fields, size_t count, const char *said)
{
    struct session *s = session_of(call);
    struct text error = {0};
    struct block block;
    int code = EXIT_DONE;
    DWORD status = block_get(s, place, BLOCK_RIP, &block);

    if (status == NO_ERROR) status = rip_config_of(&block, c.head, &c);
    free(block.data);
    if (status == ERROR_INVALID_DATA) return failed(call, status, "%s", said);
    if (rip_take(&c, fields, count, call, &error)) {
        block = rip_block_of(&c);
        status = block_set(s, place, BLOCK_RIP, &block);
        free(block.data);
        if (status != NO_ERROR) code = failed(call, status, "%s can't be set", said);
    } else {
        code = wrong_words(s, "%s", text_of(&error));
    }
    if (code == EXIT_DONE) report_say(&s->report, "%s was set.", said);
    text_free(&error);
    free(c.list);
    return code;
}

/* RIP has to be there as a whole before an interface has it. */
static DWORD install(struct session *s)
{
    const struct rip_config c = rip_default_global();
    struct block block;
    DWORD status = block_get(s, &global, BLOCK_RIP, &block);

    free(block.data);
    if (status == NO_ERROR) return status;
    block = rip_block_of(&c);
    status = block_set(s, &global, BLOCK_RIP, &block);
    free(block.data);
    return status;
}

static bool dials(struct session *s, const struct target *t)
{
    MPR_INTERFACE_0 *info = NULL;
    DWORD size = 0, status = NO_ERROR;
    bool yes;

    if (t->running)
        status = MprAdminInterfaceGetInfo(s->running, t->running, 0, (LPBYTE *)&info);
    else
        status = MprConfigInterfaceGetInfo(s->stored, t->stored, 0, (LPBYTE *)&info, &size);
    if (status != NO_ERROR) return false;
    yes = info->dwIfType == ROUTER_IF_TYPE_FULL_ROUTER;
    MprAdminBufferFree(info);
    return yes;
}

static int set(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    const struct place place = {&t, PID_IP};
    DWORD status = target_find(s, name, &t);
    char *said;
    int code;

    if (status == NO_ERROR) status = install(s);
    if (status != NO_ERROR) return failed(call, status, "RIP on %s", name);
    said = text_format("RIP on %s", name);
    code = change(call, &place, rip_default_interface(dials(s, &t)), rip_interface_fields,
                  RIP_INTERFACE_FIELDS, said);
    free(said);
    return code;
}

static int set_global(struct call *call)
{
    return change(call, &global, rip_default_global(), rip_global_fields, RIP_GLOBAL_FIELDS, "RIP");
}

static int do_install(struct call *call)
{
    DWORD status = install(session_of(call));

    if (status != NO_ERROR) return failed(call, status, "RIP can't be installed");
    report_say(report_of(call), "RIP is installed.");
    return EXIT_DONE;
}

static DWORD remove_block(struct session *s, const struct place *place)
{
    const struct block nothing = {0};
    struct block block;
    DWORD status = block_get(s, place, BLOCK_RIP, &block);

    free(block.data);
    return status == NO_ERROR ? block_set(s, place, BLOCK_RIP, &nothing) : status;
}

static int uninstall(struct call *call)
{
    DWORD status = remove_block(session_of(call), &global);

    if (status != NO_ERROR) return failed(call, status, "RIP can't be uninstalled");
    report_say(report_of(call), "RIP is no longer installed.");
    return EXIT_DONE;
}

static int delete (struct call *call)
{
    const char *name = call_value(call, "name");
    struct target t;
    const struct place place = {&t, PID_IP};
    DWORD status = target_find(session_of(call), name, &t);

    if (status == NO_ERROR) status = remove_block(session_of(call), &place);
    if (status != NO_ERROR) return failed(call, status, "RIP on %s", name);
    report_say(report_of(call), "%s has no RIP any more.", name);
    return EXIT_DONE;
}

/* ---- the key --------------------------------------------------------------------------------- */

static DWORD write_key(struct session *s, const struct place *place, const char *key)
{
    struct block block;
    struct rip_config c = {.head = 0};
    DWORD status = block_get(s, place, BLOCK_RIP, &block);

    if (status == NO_ERROR) status = rip_config_of(&block, sizeof(c.on), &c);
    free(block.data);
    if (status == NO_ERROR) {
        memset(c.on.key, 0, sizeof(c.on.key));
        memcpy(c.on.key, key, strlen(key));
        block = rip_block_of(&c);
        status = block_set(s, place, BLOCK_RIP, &block);
        SecureZeroMemory(block.data, block.item_size);
        free(block.data);
        SecureZeroMemory(c.on.key, sizeof(c.on.key));
    }
    free(c.list);
    return status;
}

static int key(struct call *call)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    const struct place place = {&t, PID_IP};
    DWORD status = target_find(s, name, &t);
    char *line;

    if (status != NO_ERROR) return failed(call, status, "%s", name);
    line = console_secret(s, "Key of RIP: ");
    if (!line || strlen(line) > 16) {
        text_wipe(line);
        return wrong_words(s, "the key is a line of standard input, of 16 octets at most");
    }
    status = write_key(s, &place, line);
    text_wipe(line);
    if (status != NO_ERROR) return failed(call, status, "the key of %s can't be set", name);
    report_say(&s->report, "The key of %s was set.", name);
    return EXIT_DONE;
}

/* ---- the table ------------------------------------------------------------------------------- */

static const struct parameter show_parameters[] = {
    {"name", NULL, false, "the interface; without it all that have RIP"}};
static const struct parameter name_parameter[] = {{"name", NULL, true, "the interface"}};
static const struct parameter set_parameters[] = {
    {"name", NULL, true, "the interface"},
    INTERFACE_ROWS(RIP_PARAMETER){"neighbors", NULL, false, "addresses, commas between"},
    {"acceptranges", NULL, false, "what acceptfilter is about: LOW-HIGH,..."},
    {"announceranges", NULL, false, "what announcefilter is about: LOW-HIGH,..."}};
static const struct parameter global_parameters[] = {
    GLOBAL_ROWS(RIP_PARAMETER){"peers", NULL, false, "what peerfilter is about: addresses"}};

const struct command rip_commands[] = {
    {"rip show", "routing ip rip show interface|show ip rip", NULL, "Shows RIP on interfaces", NULL,
     show_parameters, COUNT_OF(show_parameters), show},
    {"rip set", "routing ip rip set interface|routing ip rip add interface|rip add", NULL,
     "Puts RIP on an interface, or changes it there",
     "What is not named stays, or is Windows' default for such an interface. An empty list\n"
     "(neighbors=) takes the list away. updatemode=demand asks for routes by update alone.",
     set_parameters, COUNT_OF(set_parameters), set},
    {"rip delete", "routing ip rip delete interface", NULL, "Takes RIP off an interface", NULL,
     name_parameter, COUNT_OF(name_parameter), delete},
    {"rip key", NULL, NULL, "Sets the password or MD5 key of RIP on an interface",
     "The key is a line of standard input; an empty one takes it away.", name_parameter,
     COUNT_OF(name_parameter), key},
    {"rip install", "routing ip rip install", NULL, "Makes RIP known to the router", NULL, NULL, 0,
     do_install},
    {"rip uninstall", "routing ip rip uninstall", NULL, "Ends RIP on the whole router", NULL, NULL,
     0, uninstall},
    {"rip global show", "routing ip rip show global", NULL, "Shows what holds for all of RIP", NULL,
     NULL, 0, show_global},
    {"rip global set", "routing ip rip set global", NULL, "Changes what holds for all of RIP", NULL,
     global_parameters, COUNT_OF(global_parameters), set_global},
};
const size_t rip_command_count = COUNT_OF(rip_commands);
