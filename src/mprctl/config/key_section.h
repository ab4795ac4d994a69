/* Values in the registry: sections of keys with the same values, and single values.
 *
 * An empty text takes a value away.
 */
#ifndef MPRCTL_KEY_SECTION_H
#define MPRCTL_KEY_SECTION_H

#include "mprctl/config/key.h"

/* A value: its parameter, its name in the registry, whether it is a REG_DWORD. */
struct key_value {
    const char *name, *value;
    bool number;
};

/* A key of keys, each of which is one thing with these values. */
struct key_section {
    const char *key, *words; /* below Parameters; the commands' first word */
    const struct key_value *values;
    size_t count;
};

/* HKEY_LOCAL_MACHINE, of the server named. */
DWORD key_machine(const struct session *s, HKEY *ret);

/* Commands about a section; name= of the call is a key of it. */
int key_show_section(struct call *call, const struct key_section *section, const char *title,
                     const struct column *columns);
int key_set_section(struct call *call, const struct key_section *section);
int key_delete_section(struct call *call, const struct key_section *section);
/* Each key of it as a command. */
void key_visit_section(struct session *s, const struct key_section *section, key_visitor *visit,
                       void *context);

/* A value of Parameters, or of a key below it; free(). */
char *key_read_parameter(const struct session *s, const struct key_value *v);
DWORD key_write_parameter(const struct session *s, const struct key_value *v, const char *value);
/* Adds name=value as a word of a script, unless value is NULL, and frees it. */
void key_add_value(struct text *out, const char *name, char *value);

#endif
