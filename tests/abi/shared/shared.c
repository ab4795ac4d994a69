/* The facts of shared.h, as the headers on the path of this compilation have them: compiled once
 * with mingw-w64's and once with Wine's, SHARED_FACTS being the name of the table. */
#include <stddef.h>

#include <winsock2.h>
#include <windows.h>
#include <iprtrmib.h>
#include <lmcons.h>
#include <mprapi.h>
#include <mprerror.h>
#include <nldef.h>
#include <raserror.h>

#include "shared.h"

#if defined(SHARED_WINE) != defined(__WINE_MPRAPI_H)
#error "these are the other headers"
#endif

const struct shared_fact SHARED_FACTS[] = {
#define CONSTANT(name)            {#name, (DWORD)(name)},
#define STRUCTURE(name)           {"sizeof " #name, sizeof(name)},
#define MEMBER(structure, member) {#structure "." #member, offsetof(structure, member)},
#include "shared_list.h"
    {NULL, 0},
};
