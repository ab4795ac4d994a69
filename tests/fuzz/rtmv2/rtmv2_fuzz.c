/* Sequences of calls by four clients of both families, with handles that were given out to anybody,
 * ended or not, and with garbage: a call that succeeds was given what it wants, each handle lives
 * exactly as long as it has references, and in the end nothing is left.
 *
 * Input: for each call its number, the client, and what it is given.
 */
#include "fuzz/rtmv2/rtmv2_shadow.h"

#include <string.h>

#define CALLS_MAX 400u
/* A call gives out at most that many handles (rtmv2_queries.c). */
#define NEW_MAX 48u

static void wake(void *context)
{
    (void)context;
}

static void begin(struct fuzz *f, const uint8_t *data, size_t size)
{
    memset(f, 0, sizeof(*f));
    f->data = data;
    f->left = size;
    FUZZ_CHECK(rtmv2_create(&f->r, wake, NULL) == ST_OK);
    FUZZ_CHECK(rtm_create(&f->tables[0], RTM_IPV4) == ST_OK);
    FUZZ_CHECK(rtm_create(&f->tables[1], RTM_IPV6) == ST_OK);
    FUZZ_CHECK(rtm_register(f->tables[0], 1, &f->routers[0]) == ST_OK);
    FUZZ_CHECK(rtm_register(f->tables[1], 1, &f->routers[1]) == ST_OK);
    FUZZ_CHECK(rtmv2_attach(f->r, RTM_IPV4, f->tables[0]) == ST_OK);
    FUZZ_CHECK(rtmv2_attach(f->r, RTM_IPV6, f->tables[1]) == ST_OK);
}

static handle_t32 enter(struct fuzz *f, enum rtm_family family)
{
    const struct rtmv2_entity_info info = {0, family, {99, 0}};
    handle_t32 entity = 0;

    FUZZ_CHECK(rtmv2_register(f->r, &info, false, &entity) == ST_OK);
    return entity;
}

/* What clients have left behind anybody of the family can release. */
static void release_all(struct fuzz *f)
{
    const handle_t32 four = enter(f, RTM_IPV4), six = enter(f, RTM_IPV6);

    for (size_t n = 0; n < f->count; n++) {
        struct entry *e = &f->entries[n];
        while (e->references) {
            FUZZ_CHECK(rtmv2_release(f->r, e->family == RTM_IPV4 ? four : six, e->kind, 1,
                                     &e->handle) == ST_OK);
            e->references--;
        }
    }
    FUZZ_CHECK(rtmv2_deregister(f->r, four) == ST_OK && rtmv2_deregister(f->r, six) == ST_OK);
}

static void leave(struct fuzz *f)
{
    for (size_t n = 0; n < f->count; n++) {
        struct entry *e = &f->entries[n];
        if (!e->registered) continue;
        FUZZ_CHECK(rtmv2_deregister(f->r, e->handle) == ST_OK);
        e->registered = false;
        owner_left(f, e->handle);
    }
}

static void end(struct fuzz *f)
{
    struct rtmv2_event event;

    leave(f);
    while (rtmv2_event(f->r, &event)) rtmv2_event_end(f->r, &event);
    check_all(f);
    release_all(f);
    FUZZ_CHECK(rtmv2_handle_count(f->r) == 0);
    rtmv2_detach(f->r, RTM_IPV4);
    rtmv2_detach(f->r, RTM_IPV6);
    FUZZ_CHECK(rtmv2_object_count(f->r) == 0);
    rtmv2_destroy(f->r);
    rtm_destroy(f->tables[0]);
    rtm_destroy(f->tables[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct fuzz f;

    begin(&f, data, size);
    for (unsigned n = 0; n < CALLS_MAX && f.left && f.count + NEW_MAX < ENTRIES; n++) {
        uint32_t op = below(&f, (uint32_t)(call_op_count + query_op_count));
        handle_t32 client = take_client(&f);

        if (op < call_op_count)
            call_ops[op](&f, client);
        else
            query_ops[op - call_op_count](&f, client);
        check_all(&f);
    }
    end(&f);
    return 0;
}
