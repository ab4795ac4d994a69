/* The change stream.
 *
 * Each node carries one link per consumer, so a change is queued without memory: deleting a route
 * must never fail. A destination that went stays in the trie, without routes, until every consumer
 * has seen it go. Two links are inside the node, which is what a router needs (RIP, forwarder);
 * with the third consumer all nodes get the rest at once, and new nodes get them from then on.
 */
#include "rtm/internal.h"

static struct rtm_change *change_of(struct rtm_node *n, unsigned slot)
{
    return slot < RTM_NEAR_CHANGES ? &n->near_changes[slot]
                                   : &n->far_changes[slot - RTM_NEAR_CHANGES];
}

static void enqueue(struct rtm_consumer *c, struct rtm_node *n)
{
    struct rtm_change *change = change_of(n, c->slot);
    bool was_empty;

    if (change->queued) return;
    *change = (struct rtm_change){.queued = true};
    n->pending++;
    was_empty = !c->head;
    if (was_empty)
        c->head = n;
    else
        change_of(c->tail, c->slot)->next = n;
    c->tail = n;
    if (was_empty && c->wake) c->wake(c->context);
}

/* The caller releases the node. */
static struct rtm_node *dequeue(struct rtm_consumer *c)
{
    struct rtm_node *n = c->head;
    struct rtm_change *change;

    if (!n) return NULL;
    change = change_of(n, c->slot);
    c->head = change->next;
    *change = (struct rtm_change){0};
    n->pending--;
    return n;
}

void rtm_changed(struct rtm *t, struct rtm_node *n)
{
    for (unsigned i = 0; i < t->slots; i++)
        if (t->consumers[i]) enqueue(t->consumers[i], n);
}

/* Gives every node its far links. Half done is harmless: nodes that have them keep them. */
static bool make_far(struct rtm *t)
{
    for (struct rtm_node *n = &t->root; n && !t->far; n = rtm_node_next(n)) {
        if (n->far_changes) continue;
        n->far_changes =
            mem_alloc_array(RTM_MAX_CONSUMERS - RTM_NEAR_CHANGES, sizeof(*n->far_changes));
        if (!n->far_changes) return false;
    }
    t->far = true;
    return true;
}

mpr_status rtm_consumer_open(struct rtm *t, rtm_wake_fn *wake, void *context,
                             struct rtm_consumer **ret)
{
    unsigned slot = 0;
    struct rtm_consumer *c;

    *ret = NULL;
    while (slot < RTM_MAX_CONSUMERS && t->consumers[slot]) slot++;
    if (slot == RTM_MAX_CONSUMERS) return ST_NO_MORE_ITEMS;
    if (slot >= RTM_NEAR_CHANGES && !make_far(t)) return ST_NOT_ENOUGH_MEMORY;
    c = mem_alloc(sizeof(*c));
    if (!c) return ST_NOT_ENOUGH_MEMORY;
    *c = (struct rtm_consumer){.table = t, .slot = slot, .wake = wake, .context = context};
    t->consumers[slot] = c;
    if (slot >= t->slots) t->slots = slot + 1;
    *ret = c;
    return ST_OK;
}

void rtm_consumer_close(struct rtm_consumer *c)
{
    if (!c) return;
    for (struct rtm_node *n; (n = dequeue(c)) != NULL;) rtm_node_release(n);
    c->table->consumers[c->slot] = NULL;
    mem_free(c);
}

bool rtm_consumer_next(struct rtm_consumer *c, struct rtm_prefix *ret_prefix,
                       const struct rtm_route **ret_best)
{
    struct rtm_node *n = dequeue(c);

    if (!n) return false;
    *ret_prefix = rtm_key_prefix(&n->key);
    *ret_best = n->items ? &n->items->route : NULL;
    rtm_node_release(n);
    return true;
}
