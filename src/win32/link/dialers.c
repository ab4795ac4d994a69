/* The table of dialers. A row's place is its enum dialer_kind: DIALER_SCRIPTED, then DIALER_HOST
 * and on. */
#include "win32/link/dialer.h"

static const struct dialer *const dialers[] = {&dialer_scripted, &dialer_existing, &dialer_command};

_Static_assert(DIALER_HOST == DIALER_SCRIPTED + 1, "the host's rows follow");

const struct dialer *dialer_of(enum dialer_kind kind)
{
    return dialers[kind - DIALER_SCRIPTED];
}

void dialer_read(struct registry_values *v, struct dial_plan *plan)
{
    const char16_t *names[ARRAYSIZE(dialers)];
    uint32_t place = ARRAYSIZE(dialers);

    for (size_t n = 0; n < ARRAYSIZE(dialers); n++) names[n] = dialers[n]->kind;
    registry_values_choice(v, L"Kind", names, ARRAYSIZE(names), &place);
    if (v->status != ST_OK) return;
    plan->kind = (enum dialer_kind)(DIALER_SCRIPTED + place);
    dialers[place]->read(v, plan);
}

void dialer_read_adapter(struct registry_values *v, struct dial_plan *plan)
{
    registry_values_text(v, L"Adapter", plan->adapter, DIAL_TEXT_MAX);
    registry_values_address(v, L"Remote", &plan->binding.remote);
    if (v->status == ST_OK && !*plan->adapter) v->status = ST_INVALID_DATA;
}
