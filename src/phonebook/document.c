/* The phone book as data: a list of entries in file order and an index by folded name.
 *
 * The index holds the first entry of each name. An entry's name and its folded form, which is the
 * key, share the entry's memory: one allocation an entry.
 */
#include "phonebook/document.h"

#include "base/mem.h"
#include "base/utf16.h"

#include <string.h>

struct phonebook_entry *entry_create(const char16_t *name, size_t units)
{
    struct phonebook_entry *e = mem_alloc(sizeof(*e) + 2 * (units + 1) * sizeof(*name));

    if (!e) return NULL;
    memcpy(e->name, name, units * sizeof(*name));
    e->key = e->name + units + 1;
    e->key_size = u16_fold_copy(e->key, units + 1, e->name) * sizeof(*name);
    return e;
}

void entry_free(struct phonebook_entry *e)
{
    mem_free(e->owned);
    mem_free(e);
}

static struct phonebook_entry *index_find(const struct phonebook *pb, const char16_t *key,
                                          size_t size)
{
    struct phonebook_entry *found = NULL;

    HASH_FIND(hh, pb->index, key, size, found);
    return found;
}

mpr_status entry_link(struct phonebook *pb, struct phonebook_entry *e)
{
    e->duplicate = !e->nameless && index_find(pb, e->key, e->key_size) != NULL;
    if (e->duplicate) {
        pb->duplicates++;
    } else if (!e->nameless) {
        HASH_ADD_KEYPTR(hh, pb->index, e->key, e->key_size, e);
        if (!e->hh.tbl) return ST_NOT_ENOUGH_MEMORY;
        pb->count++;
    }
    DL_APPEND(pb->entries, e);
    return ST_OK;
}

void entry_unlink(struct phonebook *pb, struct phonebook_entry *e)
{
    if (e->duplicate) {
        pb->duplicates--;
    } else if (!e->nameless) {
        HASH_DELETE(hh, pb->index, e);
        pb->count--;
    }
    DL_DELETE(pb->entries, e);
    entry_free(e);
}

void phonebook_free(struct phonebook *pb)
{
    struct phonebook_entry *e, *next;

    if (!pb) return;
    HASH_CLEAR(hh, pb->index);
    for (e = pb->entries; e; e = next) {
        next = e->next;
        entry_free(e);
    }
    mem_free(pb->file);
    mem_free(pb);
}

struct phonebook_entry *entry_find(const struct phonebook *pb, const char16_t *name)
{
    char16_t key[ENTRY_NAME_MAX + 2];
    size_t units = u16_fold_copy(key, ENTRY_NAME_MAX + 2, name);

    return units > ENTRY_NAME_MAX ? NULL : index_find(pb, key, units * sizeof(key[0]));
}
