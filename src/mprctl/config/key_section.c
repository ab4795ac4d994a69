#include "mprctl/config/key_section.h"

#include <stdlib.h>
#include <string.h>

#include "mprctl/cli/address.h"

#define ROOT   L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Parameters"
#define PREFIX "SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Parameters\\"

/* ---- the registry ---------------------------------------------------------------------------- */

/* HKEY_LOCAL_MACHINE, of the server named. */
DWORD key_machine(const struct session *s, HKEY *ret)
{
    WCHAR *server = wide_of(s->options->server);
    DWORD status = NO_ERROR;

    *ret = HKEY_LOCAL_MACHINE;
    if (server) status = (DWORD)RegConnectRegistryW(server, HKEY_LOCAL_MACHINE, ret);
    free(server);
    return status;
}

/* A key below Parameters; path NULL: itself. */
static DWORD open_key(const struct session *s, const char *path, bool write, HKEY *ret)
{
    HKEY root = NULL;
    DWORD status = key_machine(s, &root);
    char *full = path ? text_format(PREFIX "%s", path) : NULL;
    WCHAR *wide = path ? wide_of(full) : NULL;
    const WCHAR *name = path ? wide : ROOT;

    if (status == NO_ERROR && write)
        status = (DWORD)RegCreateKeyExW(root, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, ret, NULL);
    else if (status == NO_ERROR)
        status = (DWORD)RegOpenKeyExW(root, name, 0, KEY_READ, ret);
    if (root && root != HKEY_LOCAL_MACHINE) RegCloseKey(root);
    free(wide);
    free(full);
    return status;
}

/* A value as text, numbers decimal; NULL: there is none of that kind. free(). */
static char *read_value(HKEY key, const struct key_value *v)
{
    WCHAR *name = wide_of(v->value), *text = NULL;
    DWORD size = 0, number = 0,
          flags =
              v->number ? RRF_RT_REG_DWORD : RRF_RT_REG_SZ | RRF_RT_REG_EXPAND_SZ | RRF_NOEXPAND;
    LONG status;
    char *ret = NULL;

    if (v->number) {
        size = sizeof(number);
        status = RegGetValueW(key, NULL, name, flags, NULL, &number, &size);
        if (status == ERROR_SUCCESS) ret = text_format("%lu", number);
    } else if (RegGetValueW(key, NULL, name, flags, NULL, NULL, &size) == ERROR_SUCCESS) {
        text = text_alloc(size + sizeof(*text));
        status = RegGetValueW(key, NULL, name, flags, NULL, text, &size);
        if (status == ERROR_SUCCESS) ret = utf8_of(text);
        free(text);
    }
    free(name);
    return ret;
}

/* An empty value takes it away. */
static DWORD write_value(HKEY key, const struct key_value *v, const char *value)
{
    WCHAR *name = wide_of(v->value), *text = wide_of(value);
    uint32_t number = 0;
    LONG status;

    if (!*value) {
        status = RegDeleteValueW(key, name);
        if (status == ERROR_FILE_NOT_FOUND) status = ERROR_SUCCESS;
    } else if (v->number) {
        number_parse(value, &number);
        status = RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&number, sizeof(number));
    } else {
        status = RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)text,
                                (DWORD)((wcslen(text) + 1) * sizeof(*text)));
    }
    free(name);
    free(text);
    return (DWORD)status;
}

/* The name of the key at that place; NULL: there are no more. free(). */
static char *key_at(HKEY section, DWORD at)
{
    WCHAR name[256];
    DWORD length = COUNT_OF(name);

    if (RegEnumKeyExW(section, at, name, &length, NULL, NULL, NULL, NULL) != ERROR_SUCCESS)
        return NULL;
    return utf8_of(name);
}

static char *path_of(const struct key_section *section, const char *name)
{
    return text_format("%s\\%s", section->key, name);
}

/* A value of Parameters may lie in a key below it. */
static DWORD open_parameter(const struct session *s, const struct key_value *v, bool write,
                            struct key_value *ret_value, HKEY *ret)
{
    const char *last = strrchr(v->value, '\\');
    char *path = last ? text_dup_part(v->value, (size_t)(last - v->value)) : NULL;
    DWORD status = open_key(s, path, write, ret);

    *ret_value = (struct key_value){v->name, last ? last + 1 : v->value, v->number};
    free(path);
    return status;
}

char *key_read_parameter(const struct session *s, const struct key_value *v)
{
    struct key_value own;
    HKEY key = NULL;
    char *text = NULL;

    if (open_parameter(s, v, false, &own, &key) != NO_ERROR) return NULL;
    text = read_value(key, &own);
    RegCloseKey(key);
    return text;
}

DWORD key_write_parameter(const struct session *s, const struct key_value *v, const char *value)
{
    struct key_value own;
    HKEY key = NULL;
    DWORD status = open_parameter(s, v, true, &own, &key);

    if (status != NO_ERROR) return status;
    status = write_value(key, &own, value);
    RegCloseKey(key);
    return status;
}

/* ---- sections -------------------------------------------------------------------------------- */

static void report_key(struct session *s, const struct key_section *section, const char *name)
{
    char *path = path_of(section, name);
    HKEY key = NULL;

    if (open_key(s, path, false, &key) == NO_ERROR) {
        report_text(&s->report, name);
        for (size_t i = 0; i < section->count; i++) {
            char *text = read_value(key, &section->values[i]);

            report_text(&s->report, text);
            free(text);
        }
        RegCloseKey(key);
    }
    free(path);
}

static void report_section(struct session *s, const struct key_section *section)
{
    HKEY key = NULL;
    char *name;

    if (open_key(s, section->key, false, &key) != NO_ERROR) return;
    for (DWORD i = 0; (name = key_at(key, i)); i++) {
        report_key(s, section, name);
        free(name);
    }
    RegCloseKey(key);
}

int key_show_section(struct call *call, const struct key_section *section, const char *title,
                     const struct column *columns)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);

    report_table(&s->report, section->words, title, columns, section->count + 1);
    if (name)
        report_key(s, section, name);
    else
        report_section(s, section);
    if (name && !report_rows(&s->report)) return failed(call, ERROR_NOT_FOUND, "%s", name);
    return EXIT_DONE;
}

int key_set_section(struct call *call, const struct key_section *section)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    char *path = path_of(section, name);
    HKEY key = NULL;
    DWORD status;

    if (strchr(name, '\\')) {
        free(path);
        return wrong_words(s, "a name has no backslash");
    }
    status = open_key(s, path, true, &key);
    for (size_t i = 0; status == NO_ERROR && i < section->count; i++) {
        const char *value = call_value(call, section->values[i].name);

        if (value) status = write_value(key, &section->values[i], value);
    }
    if (key) RegCloseKey(key);
    free(path);
    if (status != NO_ERROR) return failed(call, status, "%s", name);
    report_say(&s->report, "%s was set.", name);
    return EXIT_DONE;
}

int key_delete_section(struct call *call, const struct key_section *section)
{
    const char *name = call_value(call, "name");
    struct session *s = session_of(call);
    WCHAR *wide = wide_of(name);
    HKEY key = NULL;
    DWORD status = open_key(s, section->key, true, &key);

    if (status == NO_ERROR) {
        status = (DWORD)RegDeleteKeyW(key, wide);
        RegCloseKey(key);
    }
    free(wide);
    if (status != NO_ERROR) return failed(call, status, "%s", name);
    report_say(&s->report, "%s was deleted.", name);
    return EXIT_DONE;
}

/* ---- as commands ----------------------------------------------------------------------------- */

void key_add_value(struct text *out, const char *name, char *value)
{
    if (!value) return;
    text_addf(out, " %s=", name);
    if (*value) script_quote(out, value);
    free(value);
}

static void visit_key(struct session *s, const struct key_section *section, const char *name,
                      key_visitor *visit, void *context)
{
    char *path = path_of(section, name);
    struct text words = {0};
    HKEY key = NULL;

    if (open_key(s, path, false, &key) == NO_ERROR) {
        text_addf(&words, "%s set", section->words);
        key_add_value(&words, "name", text_dup(name));
        for (size_t i = 0; i < section->count; i++)
            key_add_value(&words, section->values[i].name, read_value(key, &section->values[i]));
        visit(context, text_of(&words));
        RegCloseKey(key);
    }
    text_free(&words);
    free(path);
}

void key_visit_section(struct session *s, const struct key_section *section, key_visitor *visit,
                       void *context)
{
    HKEY key = NULL;
    char *name;

    if (open_key(s, section->key, false, &key) != NO_ERROR) return;
    for (DWORD i = 0; (name = key_at(key, i)); i++) {
        visit_key(s, section, name, visit, context);
        free(name);
    }
    RegCloseKey(key);
}
