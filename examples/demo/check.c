/* Looking at the routes from elsewhere: in the registry, and in a file of what they should be. */
#include "demo.h"

#include <mprerror.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "report.h"

#define INTERFACES L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Interfaces"

/* Windows numbers the keys below Interfaces; the name of the interface is a value in each. */
static DWORD find_key(HKEY interfaces, const WCHAR *name, HKEY *ret)
{
    WCHAR number[16], path[32], value[MAX_INTERFACE_NAME_LEN + 1];

    for (DWORD i = 0;; i++) {
        DWORD length = 16, size = sizeof(value);
        LONG rc = RegEnumKeyExW(interfaces, i, number, &length, NULL, NULL, NULL, NULL);
        if (rc) return rc == ERROR_NO_MORE_ITEMS ? ERROR_NO_SUCH_INTERFACE : (DWORD)rc;
        if (RegGetValueW(interfaces, number, L"InterfaceName", RRF_RT_REG_SZ, NULL, value, &size) ||
            lstrcmpiW(value, name))
            continue;
        swprintf(path, sizeof(path) / sizeof(*path), L"%ls\\Ip", number);
        return (DWORD)RegOpenKeyExW(interfaces, path, 0, KEY_QUERY_VALUE, ret);
    }
}

static DWORD read_blob(HKEY key, LPBYTE *ret)
{
    DWORD size = 0;
    DWORD rc =
        (DWORD)RegGetValueW(key, NULL, L"InterfaceInfo", RRF_RT_REG_BINARY, NULL, NULL, &size);

    if (rc) return rc;
    *ret = calloc(1, size);
    if (!*ret) return ERROR_NOT_ENOUGH_MEMORY;
    return (DWORD)RegGetValueW(key, NULL, L"InterfaceInfo", RRF_RT_REG_BINARY, NULL, *ret, &size);
}

DWORD registry_routes(const WCHAR *interface_name, struct routes *ret)
{
    HKEY interfaces, key = NULL;
    LPBYTE blob = NULL;
    DWORD rc = (DWORD)RegOpenKeyExW(HKEY_LOCAL_MACHINE, INTERFACES, 0, KEY_READ, &interfaces);

    *ret = (struct routes){NULL, 0};
    if (rc) return rc;
    rc = find_key(interfaces, interface_name, &key);
    RegCloseKey(interfaces);
    if (rc) return rc;
    rc = read_blob(key, &blob);
    RegCloseKey(key);
    if (!rc) rc = read_routes(blob, ret);
    free(blob);
    return rc;
}

static BOOL parse_line(const char *line, struct route *ret)
{
    char destination[16], digits[3], next_hop[16];
    unsigned long length;

    if (sscanf(line, "%15[0-9.]/%2[0-9] %15[0-9.]", destination, digits, next_hop) != 3)
        return FALSE;
    length = strtoul(digits, NULL, 10);
    if (length > 32) return FALSE;
    ret->destination = inet_addr(destination);
    ret->mask = htonl(length ? 0xFFFFFFFFu << (32 - length) : 0);
    ret->next_hop = inet_addr(next_hop);
    return TRUE;
}

static BOOL append(struct routes *routes, const struct route *route)
{
    /* Grown to the next power of two whenever the count is one. */
    if (!(routes->count & (routes->count - 1))) {
        size_t capacity = routes->count ? routes->count * 2 : 1;
        struct route *grown = realloc(routes->list, capacity * sizeof(*grown));
        if (!grown) return FALSE;
        routes->list = grown;
    }
    routes->list[routes->count++] = *route;
    return TRUE;
}

static BOOL read_expected(const char *file, struct routes *ret)
{
    char line[80];
    struct route route = {0};
    BOOL ok = TRUE;
    FILE *f = fopen(file, "r");

    if (!f) return FALSE;
    while (ok && fgets(line, sizeof(line), f)) {
        if (line[0] != '\n' && line[0] != '\r' && line[0] != '#')
            ok = parse_line(line, &route) && append(ret, &route);
    }
    fclose(f);
    return ok;
}

static BOOL same_route(const struct route *a, const struct route *b)
{
    return a->destination == b->destination && a->mask == b->mask && a->next_hop == b->next_hop;
}

static BOOL same_routes(struct routes *learned, struct routes *expected)
{
    size_t same = 0;

    sort_routes(learned);
    sort_routes(expected);
    while (same < learned->count && same < expected->count &&
           same_route(&learned->list[same], &expected->list[same]))
        same++;
    if (same == learned->count && same == expected->count) return TRUE;
    report_wrong("%lu routes were learned, %lu expected; the first %lu are the same",
                 (DWORD)learned->count, (DWORD)expected->count, (DWORD)same);
    return FALSE;
}

void check_expected(const struct branch *branches, size_t count, const char *file)
{
    struct routes expected = {0}, learned = {0};
    BOOL ok = read_expected(file, &expected);

    if (!ok) report_wrong("%s can't be read", file);
    for (size_t i = 0; ok && i < count; i++) {
        for (size_t k = 0; ok && k < branches[i].routes.count; k++)
            ok = append(&learned, &branches[i].routes.list[k]);
    }
    if (ok && same_routes(&learned, &expected)) printf("  exactly those of %s\n", file);
    free(expected.list);
    free(learned.list);
}
