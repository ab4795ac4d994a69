/* A backup as a folder: data files first, the manifest last.
 *
 * The manifest is ASCII, lines end with LF; files come in this order, the phone book may be
 * missing:
 *
 *   mprapi-backup 1
 *   <SHA-256> <size> registry-<first 8 of it>.dat
 *   <SHA-256> <size> phonebook-<first 8 of it>.pbk
 *   end <SHA-256 of everything before this line>
 */
#include "win32/journal/backup_parts.h"

#include <stdio.h>
#include <string.h>

#include "phonebook/phonebook.h"

#define MANIFEST       L"mprapi-backup.txt"
#define KIND           "mprapi-backup "
#define FIRST_LINE     KIND "1\n"
#define MANIFEST_MAX   1024u
#define REGISTRY_NAME  "registry-%.8s.dat"
#define PHONEBOOK_NAME "phonebook-%.8s.pbk"
#define FILE_NAME_MAX  32

void backup_image_free(struct backup_image *image)
{
    blob_free(&image->registry);
    blob_free(&image->phonebook);
    image->has_phonebook = false;
}

static void wide_name(WCHAR *ret, const char *name)
{
    size_t i = 0;

    for (; i < FILE_NAME_MAX - 1 && name[i]; i++) ret[i] = (WCHAR)name[i];
    ret[i] = 0;
}

/* ---- writing -------------------------------------------------------------------------------- */

struct manifest {
    char text[MANIFEST_MAX];
    size_t used;
    WCHAR names[2][FILE_NAME_MAX];
    size_t count;
};

static mpr_status write_data(const WCHAR *folder, const char *format, const struct blob *data,
                             struct manifest *m)
{
    char hash[BACKUP_HASH_CHARS + 1], name[FILE_NAME_MAX];
    WCHAR path[BACKUP_PATH_MAX];
    mpr_status status = backup_hash(data->data, data->size, hash);

    if (status != ST_OK) return status;
    snprintf(name, sizeof(name), format[0] == 'r' ? REGISTRY_NAME : PHONEBOOK_NAME, hash);
    wide_name(m->names[m->count], name);
    if (!backup_path(path, folder, m->names[m->count])) return ST_INVALID_PARAMETER;
    m->count++;
    m->used += (size_t)snprintf(m->text + m->used, sizeof(m->text) - m->used, "%s %lu %s\n", hash,
                                (unsigned long)data->size, name);
    return backup_file_write(path, data->data, data->size);
}

static mpr_status write_manifest(const WCHAR *folder, struct manifest *m)
{
    char hash[BACKUP_HASH_CHARS + 1];
    WCHAR path[BACKUP_PATH_MAX];
    mpr_status status = backup_hash(m->text, m->used, hash);

    if (status != ST_OK) return status;
    m->used += (size_t)snprintf(m->text + m->used, sizeof(m->text) - m->used, "end %s\n", hash);
    if (!backup_path(path, folder, MANIFEST)) return ST_INVALID_PARAMETER;
    return backup_file_write(path, m->text, m->used);
}

/* What former or broken-off backups left. */
static void delete_others(const WCHAR *folder, const struct manifest *m)
{
    const WCHAR *keep[] = {m->names[0], m->names[1]};

    backup_files_delete(folder, L"registry-????????.dat", keep, m->count);
    backup_files_delete(folder, L"phonebook-????????.pbk", keep, m->count);
    backup_files_delete(folder, L"registry-????????.dat.*new", NULL, 0);
    backup_files_delete(folder, L"phonebook-????????.pbk.*new", NULL, 0);
}

mpr_status backup_folder_write(const WCHAR *folder, const struct backup_image *image)
{
    struct manifest m = {FIRST_LINE, sizeof(FIRST_LINE) - 1, {{0}}, 0};
    mpr_status status = backup_folder_make(folder);

    if (status == ST_OK) status = write_data(folder, "registry", &image->registry, &m);
    if (!status && image->has_phonebook)
        status = write_data(folder, "phonebook", &image->phonebook, &m);
    if (status == ST_OK) status = write_manifest(folder, &m);
    if (status == ST_OK) delete_others(folder, &m);
    return status;
}

/* ---- reading -------------------------------------------------------------------------------- */

/* The manifest as text. A file that does not begin like one is none of ours. */
static mpr_status read_manifest(const WCHAR *folder, char *text)
{
    struct blob data = {NULL, 0};
    WCHAR path[BACKUP_PATH_MAX];
    mpr_status status;
    DWORD attributes = GetFileAttributesW(folder);

    if (attributes == INVALID_FILE_ATTRIBUTES) return (mpr_status)GetLastError();
    if (!backup_path(path, folder, MANIFEST)) return ST_INVALID_PARAMETER;
    status = backup_file_read(path, &data);
    if (status == ERROR_FILE_NOT_FOUND || status == ERROR_PATH_NOT_FOUND)
        return BACKUP_INCOMPATIBLE; /* a folder, but no backup of ours */
    if (status != ST_OK) return status;
    if (data.size < sizeof(KIND) - 1 || memcmp(data.data, KIND, sizeof(KIND) - 1) != 0)
        status = BACKUP_INCOMPATIBLE;
    else if (data.size >= MANIFEST_MAX || memchr(data.data, 0, data.size))
        status = ST_INVALID_DATA;
    else
        memcpy(text, data.data, data.size);
    blob_free(&data);
    return status;
}

/* The last line's hash; it is cut off. */
static mpr_status check_end(char *text)
{
    char hash[BACKUP_HASH_CHARS + 1], expected[BACKUP_HASH_CHARS + 8];
    size_t length = strlen(text), tail = 4 + BACKUP_HASH_CHARS + 1;
    mpr_status status;

    if (length < tail) return ST_INVALID_DATA;
    status = backup_hash(text, length - tail, hash);
    if (status != ST_OK) return status;
    snprintf(expected, sizeof(expected), "end %s\n", hash);
    if (strcmp(text + length - tail, expected) != 0) return ST_INVALID_DATA;
    text[length - tail] = 0;
    return ST_OK;
}

/* One line, and the file that it names: the line must be the one that writing it would give. */
static mpr_status read_data(const WCHAR *folder, const char **next, const char *format,
                            struct blob *ret)
{
    char hash[BACKUP_HASH_CHARS + 1], name[FILE_NAME_MAX], line[MANIFEST_MAX];
    WCHAR path[BACKUP_PATH_MAX], wide[FILE_NAME_MAX];
    mpr_status status;
    size_t length;

    if (strlen(*next) < BACKUP_HASH_CHARS) return ST_INVALID_DATA;
    snprintf(name, sizeof(name), format[0] == 'r' ? REGISTRY_NAME : PHONEBOOK_NAME, *next);
    if (strpbrk(name, "/\\:*?")) return ST_INVALID_DATA;
    wide_name(wide, name);
    if (!backup_path(path, folder, wide)) return ST_INVALID_PARAMETER;
    status = backup_file_read(path, ret);
    if (status == ERROR_FILE_NOT_FOUND) return ST_INVALID_DATA;
    if (status == ST_OK) status = backup_hash(ret->data, ret->size, hash);
    if (status != ST_OK) return status;
    length =
        (size_t)snprintf(line, sizeof(line), "%s %lu %s\n", hash, (unsigned long)ret->size, name);
    if (strncmp(*next, line, length) != 0) return ST_INVALID_DATA;
    *next += length;
    return ST_OK;
}

static mpr_status check_phonebook(const struct blob *data)
{
    struct phonebook *book = NULL;
    mpr_status status = phonebook_parse(&book, data->data, data->size, NULL);

    phonebook_free(book);
    return status == ST_CANNOT_LOAD_PHONEBOOK ? ST_INVALID_DATA : status;
}

static mpr_status read_image(const WCHAR *folder, const char *lines, struct backup_image *ret)
{
    mpr_status status = read_data(folder, &lines, "registry", &ret->registry);

    if (status == ST_OK) status = backup_tree_check(&ret->registry);
    if (!status && *lines) {
        ret->has_phonebook = true;
        status = read_data(folder, &lines, "phonebook", &ret->phonebook);
        if (status == ST_OK) status = check_phonebook(&ret->phonebook);
    }
    return !status && *lines ? ST_INVALID_DATA : status;
}

mpr_status backup_folder_read(const WCHAR *folder, struct backup_image *ret)
{
    char text[MANIFEST_MAX] = {0};
    mpr_status status = read_manifest(folder, text);

    *ret = (struct backup_image){.has_phonebook = false};
    if (status == ST_OK) status = check_end(text);
    /* Whole, so the version is what it says. */
    if (!status && strncmp(text, FIRST_LINE, sizeof(FIRST_LINE) - 1) != 0)
        status = BACKUP_INCOMPATIBLE;
    if (status == ST_OK) status = read_image(folder, text + sizeof(FIRST_LINE) - 1, ret);
    if (status != ST_OK) backup_image_free(ret);
    return status;
}
