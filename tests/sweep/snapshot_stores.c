/* What outlives the router, as text. */
#include "sweep/sweep.h"

#include "api/support/fixture.h"
#include "sweep/snapshot.h"

#include <stdio.h>
#include <string.h>

/* Everything that a call of the library writes to. */
static const WCHAR *const roots[] = {
    L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess",
    L"SYSTEM\\CurrentControlSet\\Services\\SstpSvc",
    L"SYSTEM\\CurrentControlSet\\Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}",
};

/* sealed: encrypted values differ each time that one and the same secret is stored. */
static void add_key(struct text *t, HKEY key, int depth, BOOL sealed)
{
    WCHAR name[300];
    static BYTE data[65536];

    for (DWORD i = 0;; i++) {
        DWORD units = 300, size = sizeof(data);
        char label[600];

        if (RegEnumValueW(key, i, name, &units, NULL, NULL, data, &size)) break;
        snprintf(label, sizeof(label), "%*s%ls", depth, "", name);
        if (sealed) text_add(t, "%c", SNAPSHOT_SEALED);
        text_add_bytes(t, label, data, size);
    }
    for (DWORD i = 0;; i++) {
        DWORD units = 300;
        HKEY below;

        if (RegEnumKeyExW(key, i, name, &units, NULL, NULL, NULL, NULL)) break;
        text_add(t, "%*s[%ls]\n", depth, "", name);
        assert_int_equal(RegOpenKeyExW(key, name, 0, KEY_READ, &below), ERROR_SUCCESS);
        add_key(t, below, depth + 1, sealed || !wcscmp(name, L"Secrets"));
        RegCloseKey(below);
    }
}

static void add_registry(struct text *t)
{
    for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
        HKEY key;

        text_add(t, "root %zu\n", i);
        if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, roots[i], 0, KEY_READ, &key)) continue;
        add_key(t, key, 1, FALSE);
        RegCloseKey(key);
    }
}

/* The entries by name. What they say comes from GetInfo: an entry that was put back may have gained
 * lines with the values that their absence had. */
static void add_phonebook(struct text *t)
{
    char path[MAX_PATH], line[1024];
    FILE *file;

    GetTempPathA(sizeof(path), path);
    strcat(path, "mprapi-test.pbk");
    file = fopen(path, "rb");
    text_add(t, file ? "phone book\n" : "no phone book\n");
    while (file && fgets(line, sizeof(line), file)) {
        if (line[0] == '[') text_add(t, "entry %s", line);
    }
    if (file) fclose(file);
}

static void add_file(struct text *t, const WCHAR *path, const WIN32_FIND_DATAW *found)
{
    static BYTE data[65536];
    WCHAR full[MAX_PATH];
    char label[MAX_PATH];
    size_t size = 0;
    FILE *file;

    _snwprintf(full, MAX_PATH, L"%ls%ls", path, found->cFileName);
    file = _wfopen(full, L"rb");
    if (file) {
        size = fread(data, 1, sizeof(data), file);
        fclose(file);
    }
    snprintf(label, sizeof(label), "file %ls", found->cFileName);
    text_add_bytes(t, label, data, (DWORD)size);
}

/* path ends with a backslash. A folder that is missing differs from one that is empty. */
static void add_folder(struct text *t, const WCHAR *path)
{
    WCHAR pattern[MAX_PATH];
    WIN32_FIND_DATAW found;
    HANDLE search;

    _snwprintf(pattern, MAX_PATH, L"%ls*", path);
    search = FindFirstFileW(pattern, &found);
    text_add(t, search == INVALID_HANDLE_VALUE ? "no folder %ls\n" : "folder %ls\n", path);
    if (search == INVALID_HANDLE_VALUE) return;
    do {
        /* What was put back is noted, too. */
        if (!(found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) &&
            wcscmp(found.cFileName, L"mprapi-unsaved") != 0)
            add_file(t, path, &found);
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

/* The journal of a restore and what else lies beside Windows' own phone book. */
static void add_journal(struct text *t)
{
    WCHAR path[MAX_PATH];

    GetWindowsDirectoryW(path, MAX_PATH);
    wcscat(path, sizeof(void *) == 4 ? L"\\Sysnative\\ras\\" : L"\\System32\\ras\\");
    add_folder(t, path);
    wcscat(path, L"mprapi-restore\\");
    add_folder(t, path);
}

void snapshot_stores(struct text *t, const WCHAR *folder)
{
    add_registry(t);
    add_phonebook(t);
    add_journal(t);
    if (folder) add_folder(t, folder);
}
