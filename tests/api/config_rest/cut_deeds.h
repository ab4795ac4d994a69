/* The calls that are cut off (cut_test.c), what they begin with, and whether what they make or
 * delete is there: whole, or the test fails. */
#ifndef TESTS_API_CUT_DEEDS_H
#define TESTS_API_CUT_DEEDS_H

#include "api/support/fixture.h"

#define ROOT       L"SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\"
#define INTERFACES ROOT L"Interfaces"
#define MANAGERS   ROOT L"RouterManagers"

enum { CUT_INFO_SIZE = 300, CUT_DEEDS = 8 };

struct cut_deed {
    const char *name;
    void (*prepare)(void); /* NULL: nothing is there */
    DWORD (*run)(void);
    BOOL (*is_there)(void);
    BOOL makes; /* or deletes */
};
extern const struct cut_deed cut_deeds[CUT_DEEDS];

extern HANDLE cut_config;
extern BYTE cut_info[CUT_INFO_SIZE]; /* of every transport */
extern WCHAR cut_branch[];           /* the interface's name */

/* NULL: there is none. */
HANDLE cut_find(WCHAR *name);
HANDLE cut_find_transport(HANDLE owner, DWORD id);
DWORD cut_create(WCHAR *name);
DWORD cut_add(HANDLE owner, DWORD id, WCHAR *name);
BOOL cut_has_branch(void);
BOOL cut_has_ip(void);
BOOL cut_has_manager(void);
void cut_expect_done(DWORD status);
/* Keys below that one of HKEY_LOCAL_MACHINE. */
DWORD cut_keys_of(const WCHAR *path);

#endif
