/* Configurations of RIP and RIPng as the words that make them. */
#include <stdlib.h>
#include <string.h>

#include "mprctl/config/rip.h"

/* A field as a word has it: what is empty needs a name there. */
static char *word_of(const struct rip_config *c, const struct field *f)
{
    char *value = field_text(f, c->octets);

    if (*value) return value;
    free(value);
    return text_dup("none");
}

static void add_fields(const struct rip_config *c, struct text *out)
{
    for (size_t i = 0; i < c->field_count; i++) {
        char *value = word_of(c, &c->fields[i]);

        text_addf(out, " %s=%s", c->fields[i].name, value);
        free(value);
    }
}

static void add_list(const struct rip_config *c, int list, struct text *out)
{
    char *value = rip_list_text(c, list);

    if (*value) text_addf(out, " %s=%s", rip_list_names[list], value);
    free(value);
}

/* Whether a block is just a configuration with its lists. */
static bool is_whole(const struct block *block, const struct rip_config *c)
{
    struct block again = rip_block_of(c);
    bool same = again.item_size == block->item_size && again.count == block->count &&
                !memcmp(again.data, block->data, again.item_size);

    free(again.data);
    return same;
}

/* What no field of an interface has, but lists or the key. */
static void take_rest(struct rip_interface *to, const struct rip_config *from)
{
    if (from->form->first_list == RIP_LIST_NEIGHBOURS) {
        memcpy(to->key, from->on.key, sizeof(to->key));
        to->neighbour_count = from->on.neighbour_count;
    }
    to->accept_count = from->on.accept_count;
    to->announce_count = from->on.announce_count;
}

/* Whether the words give the same octets: each value may be, and what has no word is as in a new
 * configuration. */
static bool is_sayable(const struct rip_config *c)
{
    const bool global = c->head == sizeof(c->global);
    struct rip_config again =
        global ? rip_default_global(c->form) : rip_default_interface(c->form, false);
    struct text error = {0};
    bool ok = true;

    for (size_t i = 0; ok && i < c->field_count; i++) {
        char *value = word_of(c, &c->fields[i]);

        ok = field_set(&c->fields[i], again.octets, value, &error);
        free(value);
    }
    text_free(&error);
    if (global)
        again.global.peer_count = c->global.peer_count;
    else
        take_rest(&again.on, c);
    return ok && !memcmp(again.octets, c->octets, c->head);
}

static bool can_be_said(struct rip_config *c, const struct block *block)
{
    return rip_config_read(c, block) == NO_ERROR && is_whole(block, c) && is_sayable(c);
}

bool rip_global_words(const struct rip_form *form, const struct block *block, struct text *out)
{
    struct rip_config c = rip_default_global(form);
    bool ok = can_be_said(&c, block);

    if (ok) {
        add_fields(&c, out);
        add_list(&c, RIP_LIST_PEERS, out);
    }
    free(c.list);
    return ok;
}

bool rip_has_key(const struct rip_interface *i)
{
    static const BYTE nothing[16];

    return memcmp(i->key, nothing, sizeof(nothing)) != 0;
}

bool rip_interface_words(const struct rip_form *form, const struct block *block, struct text *out,
                         bool *ret_key)
{
    struct rip_config c = rip_default_interface(form, false);
    bool ok = can_be_said(&c, block);

    *ret_key = ok && rip_has_key(&c.on);
    if (ok) {
        add_fields(&c, out);
        for (int list = form->first_list; list <= RIP_LIST_ANNOUNCE; list++)
            add_list(&c, list, out);
    }
    free(c.list);
    return ok;
}

char *rip_key_of(const struct block *block)
{
    struct rip_config c = rip_default_interface(&rip_form, false);
    char *key = NULL;

    if (rip_config_read(&c, block) == NO_ERROR && rip_has_key(&c.on))
        key = text_dup_part((const char *)c.on.key, sizeof(c.on.key));
    SecureZeroMemory(c.on.key, sizeof(c.on.key));
    free(c.list);
    return key;
}
