/* Looks at the host: at the start, when events were lost, and when something happened that may have
 * taken routes away without a word. The kernel says nothing of the IPv4 routes that go with a link
 * that is set down, or with its last address. */
#include "hostroutes/linux/program.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

#define ATTEMPTS 10
#define PAUSE_MS 100u   /* at least, between two looks */
#define RETRY_MS 10000u /* while wanted routes are missing: another's may stand in their place */

#define FLAGS_THAT_COUNT ((unsigned)(IFF_UP | IFF_RUNNING))

enum link_news { LINK_SAME, LINK_FIGURES, LINK_STATE };

uint64_t program_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

/* ---- links ---------------------------------------------------------------------------------- */

static struct hr_link *link_of(struct program *p, uint32_t index)
{
    for (size_t i = 0; i < p->link_count; i++) {
        if (p->links[i].index == index) return &p->links[i];
    }
    return NULL;
}

static struct hr_link *link_add(struct program *p)
{
    if (p->link_count == p->link_capacity) {
        size_t capacity = p->link_capacity ? p->link_capacity * 2 : 16;
        struct hr_link *grown = mem_grow(p->links, p->link_capacity, capacity, sizeof(*grown));
        if (!grown) return NULL;
        p->links = grown;
        p->link_capacity = capacity;
    }
    return &p->links[p->link_count++];
}

/* Some drivers tell every second of what is no news here. */
static enum link_news link_news(struct program *p, const struct hr_link *l)
{
    struct hr_link *known = link_of(p, l->index);
    enum link_news news = LINK_STATE;

    if (l->operation == HR_DELETE) {
        if (known) *known = p->links[--p->link_count];
        return news;
    }
    if (known && !((known->flags ^ l->flags) & FLAGS_THAT_COUNT))
        news = memcmp(known, l, sizeof(*l)) ? LINK_FIGURES : LINK_SAME;
    if (!known) known = link_add(p);
    if (known) memcpy(known, l, sizeof(*l));
    return news;
}

void look_free(struct program *p)
{
    mem_free(p->links);
}

/* ---- objects -------------------------------------------------------------------------------- */

static void tell(struct program *p, const struct host_object *object)
{
    struct writer *w = output_record(p->output, object->type, p->snapshot ? HR_SNAPSHOT : 0);

    if (object->type == HR_LINK) hr_link_write(w, &object->u.link);
    if (object->type == HR_ADDRESS) hr_address_write(w, &object->u.address);
    if (object->type == HR_NEIGHBOUR) hr_neighbour_write(w, &object->u.neighbour);
    if (object->type == HR_HOST_ROUTE) hr_change_write(w, &object->u.change);
}

static bool is_own_route(const struct program *p, const struct host_object *object)
{
    return object->u.change.route.protocol == p->options->protocol &&
           object->table == p->options->table;
}

void look_at_object(void *program, const struct host_object *object)
{
    static const unsigned kinds[] = {MONITOR_LINKS, MONITOR_ADDRESSES, MONITOR_NEIGHBOURS,
                                     MONITOR_ROUTES};
    struct program *p = program;
    const bool own = object->type == HR_HOST_ROUTE && is_own_route(p, object);

    if (object->type == HR_LINK) {
        enum link_news news = link_news(p, &object->u.link);

        if (news == LINK_SAME) return;
        if (news == LINK_STATE) p->look_due = true;
    }
    if (object->type == HR_ADDRESS || own) p->look_due = true;
    /* A table of its own is not what packets are routed by. */
    if (object->type == HR_HOST_ROUTE && object->table != HR_TABLE) return;
    if (!own && p->options->what & kinds[object->type - HR_LINK]) tell(p, object);
}

int look_snapshot(struct program *p, enum hr_cause cause)
{
    const struct hr_snapshot begin = {.cause = cause};
    int error;

    output_begin(p->output, HR_SNAPSHOT_BEGIN, HR_SNAPSHOT, 0);
    hr_snapshot_write(output_more(p->output), &begin);
    p->link_count = 0;
    p->snapshot = true;
    error = monitor_snapshot(&p->monitor, look_at_object, p);
    p->snapshot = false;
    output_begin(p->output, HR_SNAPSHOT_END, HR_SNAPSHOT, 0);
    output_flush(p->output);
    p->look_due = true;
    return error;
}

/* ---- routes --------------------------------------------------------------------------------- */

struct finding {
    struct program *program;
    bool no_memory;
};

static void found(void *context, const struct host_object *object)
{
    struct finding *f = context;
    struct hr_route route = object->u.change.route;

    route.protocol = 0;
    f->program->found++;
    if (plan_found(f->program->plan, &route) != ST_OK) f->no_memory = true;
}

static int find_all(struct program *p)
{
    struct finding f = {p, false};
    int error;

    plan_look_begin(p->plan);
    p->found = 0;
    error = monitor_routes_of(&p->monitor, p->options->protocol, p->options->table, found, &f);
    return f.no_memory && !error ? ENOMEM : error;
}

int look_at_routes(struct program *p)
{
    struct plan_difference difference;
    size_t missing;
    int error = EINTR;

    p->looked = program_now();
    p->look_due = false;
    for (int i = 0; i < ATTEMPTS && error == EINTR; i++) error = find_all(p);
    if (error) {
        p->look_due = true; /* once more, after a pause */
        return error;
    }
    p->first_error = 0;
    plan_look_end(p->plan, &difference);
    sender_flush(p->sender);
    if (sender_in_doubt(p->sender)) p->look_due = true;
    missing = plan_missing(p->plan);
    p->told.restored += difference.added > missing ? difference.added - (uint32_t)missing : 0;
    p->told.removed += difference.removed;
    return 0;
}

void look_report(struct program *p)
{
    const uint32_t missing = (uint32_t)plan_missing(p->plan);

    if (!p->told.restored && !p->told.removed && p->told.missing == missing) return;
    p->told.missing = missing;
    p->told.error = missing ? p->first_error : 0;
    output_begin(p->output, HR_RESTORED, 0, 0);
    hr_restored_write(output_more(p->output), &p->told);
    p->told.restored = p->told.removed = 0;
}

int look_if_due(struct program *p)
{
    const uint64_t since = program_now() - p->looked;
    const bool missing = plan_missing(p->plan) != 0;
    const uint64_t pause = p->look_due ? PAUSE_MS : RETRY_MS;

    if (!p->has_table || (!p->look_due && !missing)) return -1;
    if (since < pause) return (int)(pause - since);
    if (!look_at_routes(p)) look_report(p);
    return p->look_due ? (int)PAUSE_MS : plan_missing(p->plan) ? (int)RETRY_MS : -1;
}
