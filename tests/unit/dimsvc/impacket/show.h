/* Writes values as ` NAME=VALUE` for echo.c, each under the name of what it is a part of. */
#ifndef TEST_DIMSVC_SHOW_H
#define TEST_DIMSVC_SHOW_H

#include "dimsvc/objects.h"

/* Names that follow are parts of this one, until it is left with what entering returned. */
size_t show_enter(const char *name);
size_t show_enter_element(size_t index);
void show_leave(size_t above);

void show_number(const char *name, uint64_t value);
void show_null(const char *name);
void show_hex(const char *name, const void *octets, size_t size);
void show_units(const char *name, const char16_t *units, size_t count);
/* A text with a terminator, which is not shown; may be NULL. */
void show_text(const char *name, const char16_t *text);
void show_octets(const char *size_name, const char *name, const struct dim_octets *octets);
/* Whether any octet isn't 0. */
bool show_worth(const void *object, size_t size);

void show_header(const char *name, const struct dim_header *header);
/* Their members, without a name for the whole. */
void show_server(const struct dim_server *server);
void show_server_set(const struct dim_server_set *server);
void show_update(const struct dim_update *update);
void show_custom(const char *name, const struct dim_custom *custom);
void show_policy(const char *name, const struct dim_policy *policy);
void show_connection(const char *name, const struct dim_connection *connection);
void show_connections(const char *name, const struct dim_connection *connections, size_t count);

#endif
