#include "api/support/fixture.h"

#include "api/admin_dll/calls.h"

struct testadmin_calls *testadmin_calls_open(void)
{
    HANDLE section = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0,
                                        sizeof(struct testadmin_calls), TESTADMIN_SECTION);
    void *calls = MapViewOfFile(section, FILE_MAP_ALL_ACCESS, 0, 0, sizeof(struct testadmin_calls));

    assert_non_null(calls);
    return calls;
}
