#include "win32/sys/module.h"

#include "win32/sys/windows_api.h"

static const char inside; /* an address of this module */

bool module_pin(void)
{
    HMODULE module;

    return GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN |
                                  GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                              (const WCHAR *)(const void *)&inside, &module);
}
