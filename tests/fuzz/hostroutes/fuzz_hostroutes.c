/* A stream of the router's into a plan over a model of the kernel, and every kind of record of the
 * program's: what is read is written again as it was.
 *
 * Input: messages one after the other, as the stream has them. Their types beyond the router's are
 * read as what the program sends.
 */
#include "fuzz/fuzz.h"

#include <string.h>

#include "unit/hostroutes/model_kernel.h"

#define ROUTES_MAX (MODEL_ROUTES / 4)

typedef bool record_fn(struct reader *r);

static struct model_kernel kernel;
static uint8_t again[256];

static void check_same(const uint8_t *from, const struct reader *r, const struct writer *w)
{
    FUZZ_CHECK(!w->failed && w->used == (size_t)(r->next - from));
    FUZZ_CHECK(!memcmp(from, again, w->used));
}

#define RECORD(name)                                     \
    static bool name(struct reader *r)                   \
    {                                                    \
        const uint8_t *from = r->next;                   \
        struct hr_##name record;                         \
        struct writer w;                                 \
                                                         \
        if (!hr_##name##_read(r, &record)) return false; \
        writer_init(&w, again, sizeof(again));           \
        hr_##name##_write(&w, &record);                  \
        check_same(from, r, &w);                         \
        return true;                                     \
    }
RECORD(link)
RECORD(address)
RECORD(neighbour)
RECORD(change)
RECORD(error)
RECORD(ready)
RECORD(failure)
RECORD(owner)
RECORD(snapshot)
RECORD(restored)
RECORD(forwarding)
RECORD(held)
RECORD(packet)

/* Wishes; each odd metric's first route is somebody else's. */
static bool wish(struct reader *r)
{
    struct hr_change c;

    if (!hr_change_read(r, &c)) return false;
    c.route.interface |= 1;
    if (c.operation == HR_DELETE) {
        plan_delete(kernel.plan, &c.route, 0);
    } else if (kernel.count < ROUTES_MAX) {
        if (c.route.metric & 1 && model_count(&kernel, true) < 8) {
            struct hr_route other = c.route;
            other.interface += 2;
            model_put(&kernel, &other, true);
        }
        FUZZ_CHECK(plan_put(kernel.plan, &c.route, 0) == ST_OK);
    }
    return true;
}

static void check_kernel(void)
{
    struct plan_difference difference;

    kernel.full = false;
    FUZZ_CHECK(model_look(&kernel, &difference) == ST_OK);
    FUZZ_CHECK(model_count(&kernel, false) == plan_present(kernel.plan));
    for (size_t i = 0; i < kernel.count; i++) {
        size_t count;
        if (kernel.foreign[i]) continue;
        (void)model_find(&kernel, &kernel.routes[i], &count);
        FUZZ_CHECK(count == 1);
    }
}

static void read_message(const struct hr_header *h, struct reader *r)
{
    static record_fn *const kinds[] = {[0] = ready,
                                       [HR_FAILED - HR_READY] = failure,
                                       [HR_OWNED - HR_READY] = owner,
                                       [HR_DONE - HR_READY] = error,
                                       [HR_LINK - HR_READY] = link,
                                       [HR_ADDRESS - HR_READY] = address,
                                       [HR_NEIGHBOUR - HR_READY] = neighbour,
                                       [HR_HOST_ROUTE - HR_READY] = change,
                                       [HR_SNAPSHOT_BEGIN - HR_READY] = snapshot,
                                       [HR_RESTORED - HR_READY] = restored,
                                       [HR_FORWARDING - HR_READY] = forwarding,
                                       [HR_HELD - HR_READY] = held,
                                       [HR_DEMAND - HR_READY] = packet};
    const size_t kind = (size_t)h->type - HR_READY;
    record_fn *one = NULL;

    if (h->type == HR_ROUTES) one = wish;
    if (kind < sizeof(kinds) / sizeof(*kinds)) one = kinds[kind];
    if (h->type == HR_SETTLE) plan_settle(kernel.plan);
    kernel.full = h->flags & 0x8000;
    for (uint32_t i = 0; one && i < h->count && one(r); i++) {
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hr_header h;
    size_t foreign;

    memset(&kernel, 0, sizeof(kernel));
    if (plan_create(&kernel.plan, model_emit, &kernel) != ST_OK) return 0;
    while (hr_frame_read(data, size, &h) == HR_FRAME_WHOLE) {
        struct reader r;
        reader_init(&r, data + HR_HEADER_SIZE, h.size - HR_HEADER_SIZE);
        read_message(&h, &r);
        data += h.size;
        size -= h.size;
    }
    foreign = model_count(&kernel, true);
    check_kernel();
    plan_withdraw(kernel.plan);
    FUZZ_CHECK(model_count(&kernel, false) == 0);
    FUZZ_CHECK(model_count(&kernel, true) == foreign);
    plan_destroy(kernel.plan);
    return 0;
}
