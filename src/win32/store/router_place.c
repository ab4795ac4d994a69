#include "win32/store/router_place.h"

#include "base/trace.h"
#include "win32/sys/access.h"
#include "win32/sys/registry.h"
#include "win32/sys/registry_values.h"

static enum router_place read_place(HKEY key)
{
    static const char16_t *const names[] = {[ROUTER_PLACE_PROCESS] = u"process",
                                            [ROUTER_PLACE_SHARED] = u"shared",
                                            [ROUTER_PLACE_UNSAID] = u""};
    struct registry_values v = {key, ST_OK};
    uint32_t place = ROUTER_PLACE_UNSAID;

    registry_values_choice(&v, L"Router", names, sizeof(names) / sizeof(names[0]), &place);
    if (v.status == ST_OK) return (enum router_place)place;
    TRACE(WARNING, "Parameters\\Router is neither \"process\" nor \"shared\"");
    return ROUTER_PLACE_UNSAID;
}

enum router_place router_place_read(void)
{
    enum router_place place = ROUTER_PLACE_UNSAID;
    HANDLE token = access_as_process();
    HKEY key;

    if (registry_open(L"Parameters", KEY_READ, false, &key) == ST_OK) {
        place = read_place(key);
        RegCloseKey(key);
    }
    access_as_caller(token);
    return place;
}

#define IDLE_SECONDS      5u
#define IDLE_SECONDS_MOST 86400u

unsigned router_place_idle_seconds(void)
{
    DWORD seconds = IDLE_SECONDS;
    HKEY key;

    if (registry_open(L"Parameters", KEY_READ, false, &key) != ST_OK) return IDLE_SECONDS;
    if (registry_get_dword(key, L"RouterIdle", &seconds) != ST_OK) seconds = IDLE_SECONDS;
    RegCloseKey(key);
    return seconds < IDLE_SECONDS_MOST ? seconds : IDLE_SECONDS_MOST;
}
