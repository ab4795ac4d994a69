#include "api/serve/serve_kept.h"

#include "win32/sys/event.h"

/* Of a client; a program that waits for more updates at once is not slower than it was. */
#define KEPT_MAX 32u

struct serve_kept {
    struct serve_kept *next;
    uint32_t value, events; /* the client's handle, and what it said of its values then */
    HANDLE local;
    host_event known; /* of event_keep: to the engine it is local */
    unsigned uses;    /* calls */
    bool listed;
};

/* Neither listed nor in use. */
static void destroy(struct serve_kept *k)
{
    if (!k) return;
    event_unkeep(k->known);
    CloseHandle(k->local);
    mem_free(k);
}

/* ---- the list; the client's lock is held ----------------------------------------------------- */

/* Returns what is to be destroyed, or NULL. */
static struct serve_kept *unlist(struct serve_client *client, struct serve_kept *k)
{
    LL_DELETE(client->kept, k);
    client->kept_count--;
    k->listed = false;
    return k->uses ? NULL : k;
}

static struct serve_kept *find(struct serve_client *client, uint32_t value)
{
    struct serve_kept *k;

    LL_FOREACH (client->kept, k) {
        if (k->value == value) return k;
    }
    return NULL;
}

/* ---- taking ---------------------------------------------------------------------------------- */

static struct serve_kept *use_listed(struct serve_client *client, uint32_t value, uint32_t events)
{
    struct serve_kept *k, *gone = NULL;

    AcquireSRWLockExclusive(&client->lock);
    k = find(client, value);
    if (k && k->events != events) {
        gone = unlist(client, k);
        k = NULL;
    }
    if (k) k->uses++;
    ReleaseSRWLockExclusive(&client->lock);
    destroy(gone);
    return k;
}

/* Two threads may bring the same one; the second has its own for this call only. */
static void list(struct serve_client *client, struct serve_kept *k)
{
    AcquireSRWLockExclusive(&client->lock);
    if (client->kept_count < KEPT_MAX && !find(client, k->value)) {
        LL_PREPEND(client->kept, k);
        client->kept_count++;
        k->listed = true;
    }
    ReleaseSRWLockExclusive(&client->lock);
}

/* Of a duplicate that is an event; takes it over. NULL: it stays the caller's. */
static struct serve_kept *keep(struct serve_client *client, const struct serve_kept *wanted)
{
    struct serve_kept *k = mem_dup(wanted, sizeof(*wanted));

    if (!k) return NULL;
    if (event_keep(k->local, &k->known) != ST_OK) {
        mem_free(k);
        return NULL;
    }
    list(client, k);
    return k;
}

struct serve_event serve_kept_take(const struct serve_call *c)
{
    const uint32_t value = c->in.event, events = c->request->events;
    struct serve_event event = {.local = NULL};

    if (events && c->in.process == c->client->process)
        event.kept = use_listed(c->client, value, events);
    if (!event.kept) event = serve_event_take(c->client, value, c->in.process);
    if (event.duplicated && events)
        event.kept =
            keep(c->client, &(struct serve_kept){
                                .value = value, .events = events, .local = event.local, .uses = 1});
    if (event.kept) event.local = event.kept->local;
    return event;
}

/* ---- giving back ----------------------------------------------------------------------------- */

void serve_kept_release(const struct serve_call *c, struct serve_event *event)
{
    struct serve_kept *k = event->kept;
    bool last;

    if (!k) {
        serve_event_release(event);
        return;
    }
    AcquireSRWLockExclusive(&c->client->lock);
    last = --k->uses == 0 && !k->listed;
    ReleaseSRWLockExclusive(&c->client->lock);
    if (last) destroy(k);
    *event = (struct serve_event){.local = NULL};
}

void serve_kept_drop(struct serve_client *client)
{
    while (client->kept) destroy(unlist(client, client->kept));
}
