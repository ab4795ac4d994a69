#include "base/address_text.h"

#include <stdio.h>

static struct address_text text_of_ipv4(const uint8_t *o)
{
    struct address_text t;

    snprintf(t.text, sizeof(t.text), "%u.%u.%u.%u", o[0], o[1], o[2], o[3]);
    return t;
}

struct address_text address_text(const uint8_t *octets, unsigned count)
{
    struct address_text t;
    const uint8_t *o = octets;

    if (count == 4) return text_of_ipv4(o);
    snprintf(t.text, sizeof(t.text), "%x:%x:%x:%x:%x:%x:%x:%x", o[0] << 8 | o[1], o[2] << 8 | o[3],
             o[4] << 8 | o[5], o[6] << 8 | o[7], o[8] << 8 | o[9], o[10] << 8 | o[11],
             o[12] << 8 | o[13], o[14] << 8 | o[15]);
    return t;
}
