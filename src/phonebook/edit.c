/* Adding, changing and removing entries.
 *
 * A change builds the new text aside and exchanges it for the old one, so nothing is ever half
 * changed, whether memory runs out or a value is refused.
 */
#include "phonebook/document.h"

#include "base/mem.h"
#include "base/utf16.h"
#include "phonebook/settings_rows.h"

#include <string.h>

/* Text of an entry after settings were applied to it; *ret is the caller's. */
static mpr_status edited_text(struct slice text, const struct phonebook_settings *settings,
                              struct blob *ret)
{
    struct entry_text t;
    mpr_status status = entry_text_open(&t, text);

    if (status != ST_OK) return status;
    status = settings_apply(&t, settings);
    if (status == ST_OK) status = entry_text_render(&t, ret);
    entry_text_close(&t);
    return status;
}

static void own_text(struct phonebook_entry *e, struct blob *text)
{
    mem_free(e->owned);
    e->owned = (char *)text->data;
    e->text = (struct slice){e->owned, text->size};
    *text = (struct blob){NULL, 0};
}

/* FNV-1a of the name: equal names can't be in one file, so this is as good as a counter, and it
 * does not depend on the order in which entries are made. */
static uint32_t uid_of(const char *name)
{
    uint32_t hash = 0x811C9DC5u;

    for (; *name; name++) hash = (hash ^ (unsigned char)*name) * 0x01000193u;
    return hash & 0x7FFFFFFFu;
}

/* UTF-8 of a name that can stand in a header; ST_INVALID_PARAMETER if it can't. */
static mpr_status header_name(const char16_t *name, char text[ENTRY_NAME_BYTES_MAX])
{
    char16_t back[ENTRY_NAME_MAX + 1];
    size_t units = u16_length(name, ENTRY_NAME_MAX + 1), size;
    bool visible = false;

    if (units > ENTRY_NAME_MAX) return ST_INVALID_PARAMETER;
    for (size_t i = 0; i < units; i++) {
        if (name[i] < 0x20) return ST_INVALID_PARAMETER;
        if (name[i] != u' ') visible = true;
    }
    if (!visible) return ST_INVALID_PARAMETER;
    size = u16_to_utf8(text, ENTRY_NAME_BYTES_MAX, name, units);
    /* A lone surrogate would come back as another name. */
    if (size == SIZE_MAX || u16_from_utf8(back, ENTRY_NAME_MAX + 1, text, size) != units ||
        !u16_equal(back, name)) {
        return ST_INVALID_PARAMETER;
    }
    return ST_OK;
}

/* A new entry at the end; it takes the text over, unless it can not be made. */
static mpr_status append_text(struct phonebook *pb, const char16_t *name, struct blob *text)
{
    struct phonebook_entry *e = entry_create(name, u16_length(name, ENTRY_NAME_MAX));
    mpr_status status = ST_NOT_ENOUGH_MEMORY;

    if (!e) return status;
    own_text(e, text);
    status = entry_link(pb, e);
    if (status != ST_OK) entry_free(e);
    return status;
}

mpr_status phonebook_add(struct phonebook *pb, const char16_t *name,
                         const struct phonebook_settings *settings)
{
    char utf8[ENTRY_NAME_BYTES_MAX];
    struct blob fresh = {NULL, 0}, text = {NULL, 0};
    mpr_status status = header_name(name, utf8);

    if (status != ST_OK) return status;
    if (entry_find(pb, name)) return ST_ALREADY_EXISTS;
    status = entry_text_template(utf8, uid_of(utf8), pb->eol, &fresh);
    if (status == ST_OK) {
        status = edited_text((struct slice){(char *)fresh.data, fresh.size}, settings, &text);
    }
    blob_free(&fresh);
    if (status != ST_OK) return status;
    status = append_text(pb, name, &text);
    blob_free(&text);
    return status;
}

mpr_status phonebook_replace(struct phonebook *pb, const char16_t *name,
                             const struct phonebook_settings *settings)
{
    struct phonebook_entry *e = entry_find(pb, name);
    struct blob text = {NULL, 0};
    mpr_status status;

    if (!e) return ST_CANNOT_FIND_PHONEBOOK_ENTRY;
    status = edited_text(e->text, settings, &text);
    if (status == ST_OK) own_text(e, &text);
    return status;
}

mpr_status phonebook_remove(struct phonebook *pb, const char16_t *name)
{
    struct phonebook_entry *found = entry_find(pb, name), *e, *next;
    char16_t key[ENTRY_NAME_MAX + 1];
    size_t size;

    if (!found) return ST_CANNOT_FIND_PHONEBOOK_ENTRY;
    size = found->key_size;
    memcpy(key, found->key, size);
    if (!pb->duplicates) {
        entry_unlink(pb, found);
        return ST_OK;
    }
    for (e = pb->entries; e; e = next) {
        next = e->next;
        if (e->key_size == size && !memcmp(e->key, key, size)) entry_unlink(pb, e);
    }
    return ST_OK;
}

mpr_status phonebook_put(struct phonebook *pb, const char16_t *name, const struct phonebook *from)
{
    const struct phonebook_entry *source = entry_find(from, name);
    struct phonebook_entry *target = entry_find(pb, name);
    struct blob text = {NULL, 0};
    mpr_status status = ST_OK;

    if (!source) return target ? phonebook_remove(pb, name) : ST_OK;
    if (!blob_set(&text, source->text.at, source->text.size)) return ST_NOT_ENOUGH_MEMORY;
    if (target) {
        own_text(target, &text);
    } else {
        status = append_text(pb, source->name, &text);
    }
    blob_free(&text);
    return status;
}
