/* Any octets as a call or, from LEVELS on, as what a level is: the first says which method or kind,
 * the second which way or level. What is read is written again, and that is read as the same, octet
 * by octet; memory stays a small multiple of the input.
 */
#include "fuzz/fuzz.h"

#include "base/mem.h"
#include "dimsvc/levels.h"
#include "dimsvc/method.h"

#include <string.h>

#define LEVELS 128u
/* A connection takes 2 KB for 1.6 KB of octets, a CERT_BLOB_1 16 octets for 8. */
#define MEMORY_FOR_AN_OCTET 32u

static size_t asked;

static void *count_alloc(void *context, size_t size)
{
    (void)context;

    asked += size;
    return calloc(1, size ? size : 1);
}

static void count_free(void *context, void *memory)
{
    (void)context;

    free(memory);
}

union value {
    struct {
        struct dim_arguments arguments;
        uint32_t result;
    } call;
    struct dim_server_level server;
    struct dim_port_level port;
    struct dim_device_level device;
    struct dim_octets credentials;
    struct dim_interface_level interface;
    struct dim_connection_level connection;
};

static void level(struct ndr *n, uint8_t kind, uint8_t number, union value *v)
{
    switch (kind % 6) {
    case 0:
        dim_server_level(n, number, &v->server);
        break;
    case 1:
        dim_port_level(n, number, &v->port);
        break;
    case 2:
        dim_device_level(n, number, &v->device);
        break;
    case 3:
        dim_credentials_level(n, &v->credentials);
        break;
    case 4:
        dim_interface_level(n, number, &v->interface);
        break;
    default:
        dim_connection_level(n, number, &v->connection);
        break;
    }
}

static mpr_status convert(struct ndr *n, const uint8_t choice[2], union value *v)
{
    if (choice[0] >= LEVELS) {
        level(n, choice[0], choice[1], v);
        return n->status;
    }
    if (choice[1] & 1) return dim_response(n, choice[0], &v->call.arguments, &v->call.result);
    return dim_request(n, choice[0], &v->call.arguments);
}

static void again(const uint8_t choice[2], union value *v)
{
    static union value back;
    struct ndr first, second, reader;

    memset(&back, 0, sizeof(back));
    ndr_write(&first);
    FUZZ_CHECK(convert(&first, choice, v) == ST_OK);
    ndr_read(&reader, first.written, first.position);
    FUZZ_CHECK(convert(&reader, choice, &back) == ST_OK);
    ndr_write(&second);
    FUZZ_CHECK(convert(&second, choice, &back) == ST_OK);
    FUZZ_CHECK(first.position == second.position);
    FUZZ_CHECK(first.position == 0 || !memcmp(first.written, second.written, first.position));
    ndr_free(&second);
    ndr_free(&reader);
    ndr_free(&first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct mem_hooks hooks = {count_alloc, count_free, NULL};
    static union value v;
    struct ndr n;

    if (size < 2) return 0;
    mem_set_hooks(&hooks);
    memset(&v, 0, sizeof(v));
    asked = 0;
    ndr_read(&n, data + 2, size - 2);
    if (convert(&n, data, &v) == ST_OK) {
        FUZZ_CHECK(asked <= size * MEMORY_FOR_AN_OCTET);
        again(data, &v);
    }
    ndr_free(&n);
    return 0;
}
