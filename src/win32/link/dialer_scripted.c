/* scripted: the core carries it out on its timers; only its values are read here. */
#include "win32/link/dialer.h"

static void read_scripted(struct registry_values *v, struct dial_plan *p)
{
    uint32_t delay = 0, drop_after = 0, address = 0, mask = UINT32_MAX;

    p->outcome_failed = ST_CAN_NOT_COMPLETE;
    registry_values_number(v, L"Outcome", &p->outcome);
    registry_values_number(v, L"FailFirst", &p->fail_first);
    registry_values_number(v, L"OutcomeFailed", &p->outcome_failed);
    registry_values_number(v, L"Delay", &delay);
    registry_values_number(v, L"DropAfter", &drop_after);
    registry_values_address(v, L"Address", &address);
    registry_values_address(v, L"Mask", &mask);
    registry_values_address(v, L"Remote", &p->binding.remote);
    p->delay = delay;
    p->drop_after = drop_after;
    p->binding.count = address != 0;
    p->binding.local[0].address = address;
    p->binding.local[0].mask = address ? mask : 0;
    p->binding.mtu = 1500;
}

const struct dialer dialer_scripted = {.kind = u"scripted", .read = read_scripted};
