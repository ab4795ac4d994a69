/* rip set, delete, install, uninstall, global set, key; and ripng for RIPng. */
#include "mprctl/config/rip.h"

#include <stdlib.h>
#include <string.h>

static DWORD write_config(struct session *s, const struct place *place, const struct rip_config *c)
{
    struct block block = rip_block_of(c);
    DWORD status = block_set(s, place, BLOCK_RIP, &block);

    SecureZeroMemory(block.data, block.item_size);
    free(block.data);
    return status;
}

/* Reads what is there, or takes the default; changes it by the call's words; stores it. */
static int change(const struct call *call, const struct place *place, struct rip_config c,
                  const char *said)
{
    struct session *s = session_of(call);
    struct text error = {0};
    struct block block;
    int code = EXIT_DONE;
    DWORD status = block_get(s, place, BLOCK_RIP, &block);

    if (status == NO_ERROR) status = rip_config_read(&c, &block);
    free(block.data);
    if (status == ERROR_INVALID_DATA) return failed(call, status, "%s", said);
    if (rip_take(&c, call, &error)) {
        status = write_config(s, place, &c);
        if (status != NO_ERROR) code = failed(call, status, "%s can't be set", said);
    } else {
        code = wrong_words(s, "%s", text_of(&error));
    }
    if (code == EXIT_DONE) report_say(&s->report, "%s was set.", said);
    text_free(&error);
    free(c.list);
    return code;
}

/* It has to be there as a whole before an interface has it. */
static DWORD install(struct session *s, const struct rip_form *form)
{
    const struct place global = {NULL, form->transport};
    const struct rip_config c = rip_default_global(form);
    struct block block;
    DWORD status = block_get(s, &global, BLOCK_RIP, &block);

    free(block.data);
    return status == NO_ERROR ? status : write_config(s, &global, &c);
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

int rip_set(struct call *call)
{
    const struct rip_form *form = rip_form_of(call);
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    struct target t;
    const struct place place = {&t, form->transport};
    DWORD status = target_find(s, name, &t);
    char *said;
    int code;

    if (status == NO_ERROR) status = install(s, form);
    if (status != NO_ERROR) return failed(call, status, "%s on %s", form->name, name);
    said = text_format("%s on %s", form->name, name);
    code = change(call, &place, rip_default_interface(form, dials(s, &t)), said);
    free(said);
    return code;
}

int rip_set_global(struct call *call)
{
    const struct rip_form *form = rip_form_of(call);
    const struct place global = {NULL, form->transport};

    return change(call, &global, rip_default_global(form), form->name);
}

int rip_install(struct call *call)
{
    const struct rip_form *form = rip_form_of(call);
    DWORD status = install(session_of(call), form);

    if (status != NO_ERROR) return failed(call, status, "%s can't be installed", form->name);
    report_say(report_of(call), "%s is installed.", form->name);
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

int rip_uninstall(struct call *call)
{
    const struct rip_form *form = rip_form_of(call);
    const struct place global = {NULL, form->transport};
    DWORD status = remove_block(session_of(call), &global);

    if (status != NO_ERROR) return failed(call, status, "%s can't be uninstalled", form->name);
    report_say(report_of(call), "%s is no longer installed.", form->name);
    return EXIT_DONE;
}

int rip_delete(struct call *call)
{
    const struct rip_form *form = rip_form_of(call);
    const char *name = call_value(call, "name");
    struct target t;
    const struct place place = {&t, form->transport};
    DWORD status = target_find(session_of(call), name, &t);

    if (status == NO_ERROR) status = remove_block(session_of(call), &place);
    if (status != NO_ERROR) return failed(call, status, "%s on %s", form->name, name);
    report_say(report_of(call), "%s has no %s any more.", name, form->name);
    return EXIT_DONE;
}

/* ---- the key --------------------------------------------------------------------------------- */

static DWORD write_key(struct session *s, const struct place *place, const char *key)
{
    struct block block;
    struct rip_config c = rip_default_interface(&rip_form, false);
    DWORD status = block_get(s, place, BLOCK_RIP, &block);

    if (status == NO_ERROR) status = rip_config_read(&c, &block);
    free(block.data);
    if (status == NO_ERROR) {
        memset(c.on.key, 0, sizeof(c.on.key));
        memcpy(c.on.key, key, strlen(key));
        status = write_config(s, place, &c);
        SecureZeroMemory(c.on.key, sizeof(c.on.key));
    }
    free(c.list);
    return status;
}

int rip_key(struct call *call)
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
