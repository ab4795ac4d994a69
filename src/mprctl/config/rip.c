/* rip show, rip global show; and ripng for RIPng. */
#include "mprctl/config/rip.h"

#include <stdlib.h>

static const struct column interface_columns[] = {
    {"interface", "Interface", CELL_TEXT, false},
    INTERFACE_ROWS(RIP_COLUMN){"neighbors", "neighbors", CELL_TEXT, false},
    {"acceptranges", "acceptranges", CELL_TEXT, true},
    {"announceranges", "announceranges", CELL_TEXT, true},
    {"key", "key", CELL_FLAG, true},
};
static const struct column interface6_columns[] = {
    {"interface", "Interface", CELL_TEXT, false},
    INTERFACE6_ROWS(RIP_COLUMN){"acceptranges", "acceptranges", CELL_TEXT, true},
    {"announceranges", "announceranges", CELL_TEXT, true},
};

#define GLOBAL_COLUMN(name, values, kind, member, choices, flags, help) \
    {#name, #name, FIELD_##kind == FIELD_NUMBER ? CELL_NUMBER : CELL_TEXT, false},
static const struct column global_columns[] = {
    GLOBAL_ROWS(GLOBAL_COLUMN){"peers", "peers", CELL_TEXT, false}};

static void report_fields(struct session *s, const struct rip_config *c)
{
    for (size_t i = 0; i < c->field_count; i++) field_report(s, &c->fields[i], c->octets);
}

static void report_list(struct report *r, const struct rip_config *c, int list)
{
    char *value = rip_list_text(c, list);

    report_text(r, *value ? value : NULL);
    free(value);
}

static DWORD report_interface(struct session *s, const struct rip_form *form, struct target *t)
{
    const struct place place = {t, form->transport};
    struct block block;
    struct rip_config c = rip_default_interface(form, false);
    DWORD status = block_get(s, &place, BLOCK_RIP, &block);

    if (status == NO_ERROR) status = rip_config_read(&c, &block);
    if (status == NO_ERROR) {
        report_wide(&s->report, t->name);
        report_fields(s, &c);
        for (int list = form->first_list; list <= RIP_LIST_ANNOUNCE; list++)
            report_list(&s->report, &c, list);
        if (!form->ipv6) report_flag(&s->report, rip_has_key(&c.on));
    }
    free(c.list);
    free(block.data);
    return status;
}

static void report_any(struct session *s, struct target *t, DWORD type)
{
    (void)type;
    report_interface(s, &rip_form, t);
}

static void report_any6(struct session *s, struct target *t, DWORD type)
{
    (void)type;
    report_interface(s, &ripng_form, t);
}

static void begin(struct report *r, const struct rip_form *form, bool one)
{
    const char *key = form->ipv6 ? "ripng_interfaces" : "rip_interfaces";
    const struct column *columns = form->ipv6 ? interface6_columns : interface_columns;
    size_t count = form->ipv6 ? COUNT_OF(interface6_columns) : COUNT_OF(interface_columns);

    if (one)
        report_record(r, key, form->name, columns, count);
    else
        report_table(r, key, form->name, columns, count);
}

int rip_show(struct call *call)
{
    const struct rip_form *form = rip_form_of(call);
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    DWORD status = name ? target_find(s, name, &t) : NO_ERROR;

    if (status == NO_ERROR) {
        begin(&s->report, form, name != NULL);
        status = name ? report_interface(s, form, &t)
                      : target_each(s, form->ipv6 ? report_any6 : report_any);
    }
    if (status == NO_ERROR) return EXIT_DONE;
    return failed(call, status, "%s on %s", form->name, name ? name : "the interfaces");
}

int rip_show_global(struct call *call)
{
    const struct rip_form *form = rip_form_of(call);
    const struct place global = {NULL, form->transport};
    struct session *s = session_of(call);
    struct block block;
    struct rip_config c = rip_default_global(form);
    DWORD status = block_get(s, &global, BLOCK_RIP, &block);

    if (status == NO_ERROR) status = rip_config_read(&c, &block);
    free(block.data);
    if (status != NO_ERROR) return failed(call, status, "%s is not installed", form->name);
    report_record(&s->report, form->ipv6 ? "ripng" : "rip", form->name, global_columns,
                  COUNT_OF(global_columns));
    report_fields(s, &c);
    report_list(&s->report, &c, RIP_LIST_PEERS);
    free(c.list);
    return EXIT_DONE;
}
