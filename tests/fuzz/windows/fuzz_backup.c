/* A backup that somebody else wrote, or that has rotted: it is refused, or it is what a backup of
 * ours could be, and restoring it gives just that.
 *
 * Input: a mode, then for 0 the three files of a folder, each behind a size of 16 bits; for 1 the
 * registry file; for 2 registry file and phone book, of which a backup is made that is then
 * damaged; for 3 what a change is undone by; for 4 the file of what may not be on disk yet
 * (unsaved.h), for 5 its changes, each a number, a size of 16 bits, and items.
 */
#include "fuzz/fuzz.h"
#include "fuzz/windows/world.h"

#include "base/mem.h"
#include "phonebook/phonebook.h"
#include "base/utf16.h"
#include "win32/journal/backup_parts.h"
#include "win32/journal/unsaved_changes.h"
#include "win32/phonebook/phonebook_store.h"
#include "win32/sys/registry.h"

#include <stdio.h>
#include <string.h>

#define FOLDER L"C:\\windows" /* is there under Wine, too */

/* Of the one folder there is, told by the beginning of their names. */
enum { WORLD_MANIFEST, WORLD_REGISTRY, WORLD_PHONEBOOK, WORLD_FILES };
static struct blob world_files[WORLD_FILES];

/* ---- files in memory, instead of backup_file.c ----------------------------------------------- */

static struct blob *file_of(const WCHAR *path)
{
    const WCHAR *name = path + wcslen(FOLDER) + 1;

    return &world_files[name[0] == L'r'   ? WORLD_REGISTRY
                        : name[0] == L'p' ? WORLD_PHONEBOOK
                                          : WORLD_MANIFEST];
}

bool backup_path(WCHAR *path, const WCHAR *folder, const WCHAR *name)
{
    return _snwprintf(path, BACKUP_PATH_MAX, L"%ls\\%ls", folder, name) > 0;
}

static mpr_status copy(struct blob *to, const void *data, size_t size)
{
    to->data = mem_dup(data, size ? size : 1);
    to->size = size;
    return to->data ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

mpr_status backup_file_read(const WCHAR *path, struct blob *ret)
{
    const struct blob *file = file_of(path);

    *ret = (struct blob){NULL, 0};
    if (!file->data) return ERROR_FILE_NOT_FOUND;
    return file->size ? copy(ret, file->data, file->size) : ST_OK;
}

mpr_status backup_file_write(const WCHAR *path, const void *data, size_t size)
{
    struct blob *file = file_of(path);

    blob_free(file);
    return copy(file, size ? data : "", size);
}

mpr_status backup_folder_make(const WCHAR *path)
{
    (void)path;
    return ST_OK;
}

void backup_files_delete(const WCHAR *folder, const WCHAR *pattern, const WCHAR *const *keep,
                         size_t keep_count)
{
    (void)folder, (void)pattern, (void)keep, (void)keep_count;
}

/* Any hash will do that notices one changed octet; 64 digits of it. */
mpr_status backup_hash(const void *data, size_t size, char ret[BACKUP_HASH_CHARS + 1])
{
    for (uint64_t i = 0; i < 4; i++)
        snprintf(ret + 16 * i, 17, "%016llx",
                 (unsigned long long)world_hash(i * 77 + 1, data, size));
    return ST_OK;
}

mpr_status phonebook_store_path(char16_t path[PHONEBOOK_PATH_UNITS])
{
    u16_copy(path, PHONEBOOK_PATH_UNITS, u"C:\\windows\\p");
    return ST_OK;
}

mpr_status backup_phonebook_put(const void *data, size_t size, bool present)
{
    blob_free(&world_files[WORLD_PHONEBOOK]);
    return present ? copy(&world_files[WORLD_PHONEBOOK], size ? data : "", size) : ST_OK;
}

void registry_flush(void)
{
}

/* ---- the modes ------------------------------------------------------------------------------- */

static void read_folder(void)
{
    struct backup_image image;

    if (backup_folder_read(FOLDER, &image) != ST_OK) return;
    FUZZ_CHECK(backup_tree_check(&image.registry) == ST_OK);
    backup_image_free(&image);
}

static void foreign_folder(struct reader *in)
{
    for (size_t i = 0; i < WORLD_FILES && reader_left(in); i++) {
        size_t size = rd_le16(in);

        if (size > reader_left(in)) size = reader_left(in);
        copy(&world_files[i], size ? (const void *)rd_span(in, size) : "", size);
    }
    read_folder();
}

/* What is restored is what is saved again, and restoring that changes nothing. */
static void apply(const struct blob *tree)
{
    struct blob first = {NULL, 0}, second = {NULL, 0};

    world_reset();
    if (backup_tree_check(tree) != ST_OK) return;
    FUZZ_CHECK(backup_tree_apply(tree) == ST_OK);
    FUZZ_CHECK(backup_tree_capture(&first) == ST_OK);
    FUZZ_CHECK(backup_tree_check(&first) == ST_OK);
    FUZZ_CHECK(first.size <= tree->size);
    FUZZ_CHECK(backup_tree_apply(&first) == ST_OK);
    FUZZ_CHECK(backup_tree_capture(&second) == ST_OK);
    FUZZ_CHECK(first.size == second.size && !memcmp(first.data, second.data, first.size));
    blob_free(&first);
    blob_free(&second);
}

static bool is_phonebook(const struct blob *data)
{
    struct phonebook *book = NULL;
    bool parsed = phonebook_parse(&book, data->data, data->size, NULL) == ST_OK;

    phonebook_free(book);
    return parsed;
}

static void damage(uint8_t which, uint8_t place)
{
    struct blob *file = &world_files[which % WORLD_FILES];
    struct backup_image image;

    if (!file->size) return;
    file->data[place % file->size] ^= 1;
    FUZZ_CHECK(backup_folder_read(FOLDER, &image) != ST_OK);
}

static void own_folder(struct reader *in)
{
    uint8_t which = rd_u8(in), place = rd_u8(in);
    size_t size = rd_le16(in);
    struct backup_image image = {.has_phonebook = true}, again;

    if (size > reader_left(in)) size = reader_left(in);
    copy(&image.registry, size ? (const void *)rd_span(in, size) : "", size);
    size = reader_left(in);
    copy(&image.phonebook, size ? (const void *)rd_span(in, size) : "", size);
    if (backup_tree_check(&image.registry) == ST_OK && is_phonebook(&image.phonebook)) {
        FUZZ_CHECK(backup_folder_write(FOLDER, &image) == ST_OK);
        FUZZ_CHECK(backup_folder_read(FOLDER, &again) == ST_OK);
        FUZZ_CHECK(again.has_phonebook && again.phonebook.size == image.phonebook.size);
        FUZZ_CHECK(again.registry.size == image.registry.size &&
                   !memcmp(again.registry.data, image.registry.data, image.registry.size));
        backup_image_free(&again);
        damage(which, place);
    }
    backup_image_free(&image);
}

/* All of it is looked at before any of it is done. */
static void undo(const struct blob *what)
{
    static WCHAR name[TREE_NAME_MAX];
    uint64_t before;

    world_reset();
    world_set(REGISTRY_ROOT L"\\Parameters\\IKEV2", L"idleTimeout", REG_DWORD, "abcd", 4);
    before = world_sum();
    if (undo_apply(what, name) == ST_INVALID_DATA) FUZZ_CHECK(world_sum() == before);
}

/* What was written again is not a second time. */
static void write_again(const struct blob *file)
{
    uint64_t number = 2, last, before;
    unsigned count, more;

    world_reset();
    before = world_sum();
    if (unsaved_write_again(file, &number, &count) != ST_OK) return;
    FUZZ_CHECK(count ? number > 2 : number == 2 && world_sum() == before);
    before = world_sum();
    last = number;
    FUZZ_CHECK(unsaved_write_again(file, &number, &more) == ST_OK);
    FUZZ_CHECK(more == 0 && number == last && world_sum() == before);
}

/* With the sums that no input would have. */
static void own_changes(struct reader *in)
{
    static uint8_t file[1 << 17];
    struct writer w;

    writer_init(&w, file, sizeof(file));
    wr_zero(&w, UNSAVED_HEADER_BYTES);
    unsaved_put_header(file, 7);
    while (reader_left(in)) {
        uint8_t head[UNSAVED_HEAD_BYTES], tail[UNSAVED_TAIL_BYTES], number = rd_u8(in);
        struct blob items = {NULL, rd_le16(in)};

        if (items.size > reader_left(in)) items.size = reader_left(in);
        items.data = (uint8_t *)(uintptr_t)rd_span(in, items.size);
        unsaved_put_change(head, tail, number, &items);
        wr_bytes(&w, head, sizeof(head));
        wr_bytes(&w, items.data, items.size);
        wr_bytes(&w, tail, sizeof(tail));
    }
    if (!w.failed) write_again(&(struct blob){file, w.used});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader in;
    struct blob rest;
    uint8_t mode;

    reader_init(&in, data, size);
    mode = rd_u8(&in) % 6;
    if (mode == 0) {
        foreign_folder(&in);
    } else if (mode == 2) {
        own_folder(&in);
    } else if (mode == 5) {
        own_changes(&in);
    } else {
        rest.size = reader_left(&in);
        rest.data = (uint8_t *)(uintptr_t)rd_span(&in, rest.size);
        (mode == 1 ? apply : mode == 3 ? undo : write_again)(&rest);
    }
    for (size_t i = 0; i < WORLD_FILES; i++) blob_free(&world_files[i]);
    return 0;
}
