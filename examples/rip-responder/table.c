#include "table.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { REQUEST = 1, RESPONSE = 2, VERSION = 2, FAMILY_NONE = 0, FAMILY_IPV4 = 2, INFINITE = 16 };

/* A number up to limit, and the character behind it, which *text is moved over. */
static int read_number(const char **text, unsigned long limit, uint32_t *value, char *end)
{
    char *behind;
    unsigned long read = strtoul(*text, &behind, 10);

    if (!isdigit((unsigned char)**text) || read > limit) return 0;
    *value = (uint32_t)read;
    *end = *behind;
    *text = behind + 1;
    return 1;
}

static int parse(const char *line, uint32_t *address, uint32_t *mask)
{
    uint32_t octet, length;
    char end;

    *address = 0;
    for (int i = 0; i < 4; i++) {
        if (!read_number(&line, 255, &octet, &end) || end != ".../"[i]) return 0;
        *address = *address << 8 | octet;
    }
    if (!read_number(&line, 32, &length, &end)) return 0;
    *mask = length ? UINT32_MAX << (32 - length) : 0;
    return !(*address & ~*mask);
}

static int append(struct table *t, uint32_t address, uint32_t mask)
{
    if (t->count == t->capacity) {
        size_t capacity = t->capacity ? t->capacity * 2 : 64;
        void *grown = realloc(t->routes, capacity * sizeof(*t->routes));
        if (!grown) return 0;
        t->routes = grown;
        t->capacity = capacity;
    }
    t->routes[t->count].address = address;
    t->routes[t->count].mask = mask;
    t->count++;
    return 1;
}

int table_read(struct table *table, FILE *file)
{
    char line[128];
    uint32_t address, mask;

    for (int number = 1; fgets(line, sizeof(line), file); number++) {
        if (strchr("#\r\n", line[0])) continue;
        if (!parse(line, &address, &mask)) return number;
        if (!append(table, address, mask)) return -1;
    }
    return 0;
}

void table_free(struct table *table)
{
    free(table->routes);
    memset(table, 0, sizeof(*table));
}

static void put16(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
    put16(at, value >> 16);
    put16(at + 2, value & 0xFFFF);
}

int is_table_request(const uint8_t *packet, size_t size)
{
    static const uint8_t whole_table[RIP_ENTRY_SIZE] = {[RIP_ENTRY_SIZE - 1] = INFINITE};

    return size == RIP_HEADER_SIZE + RIP_ENTRY_SIZE && packet[0] == REQUEST && packet[1] != 0 &&
           !memcmp(packet + RIP_HEADER_SIZE, whole_table, sizeof(whole_table));
}

size_t table_response(const struct table *table, size_t *first, uint8_t packet[RIP_PACKET_MAX])
{
    size_t size = RIP_HEADER_SIZE;

    memset(packet, 0, RIP_PACKET_MAX);
    packet[0] = RESPONSE;
    packet[1] = VERSION;
    for (; *first < table->count && size < RIP_PACKET_MAX; size += RIP_ENTRY_SIZE, ++*first) {
        uint8_t *entry = packet + size; /* family, tag, address, mask, next hop, metric */
        put16(entry, FAMILY_IPV4);
        put32(entry + 4, table->routes[*first].address);
        put32(entry + 8, table->routes[*first].mask);
        put32(entry + 16, 1);
    }
    return size;
}
