/* The responder's table, and its RIP packets. */
#ifndef RESPONDER_TABLE_H
#define RESPONDER_TABLE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define RIP_PACKET_MAX  504 /* header and 25 entries */
#define RIP_HEADER_SIZE 4
#define RIP_ENTRY_SIZE  20

struct table {
    size_t count, capacity;
    struct {
        uint32_t address, mask; /* host order */
    } * routes;
};

/* Lines "address/length"; empty ones and those with # are skipped. Returns the number of the line
 * that is something else, -1 without memory, 0 when all is well. */
int table_read(struct table *table, FILE *file);
void table_free(struct table *table);

/* Whether a packet is RIP's request for the whole table (RFC 2453 3.9.1): one entry of no address
 * family with an infinite metric. */
int is_table_request(const uint8_t *packet, size_t size);

/* A response of version 2 with the routes from first on; returns its size and counts on *first. */
size_t table_response(const struct table *table, size_t *first, uint8_t packet[RIP_PACKET_MAX]);

#endif
