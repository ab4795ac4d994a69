/* GetAdaptersAddresses, turned into what the core wants.
 *
 * Wine's alias (FriendlyName) and index are the Linux name and index, so a user names an adapter as
 * on Linux. Wine 8 keeps the index of an adapter that was removed: with neither state nor MTU as
 * long as there is no other of its name, else with the state of that one. Its tables of addresses
 * and routes then name the oldest index. Wine 8 never reports changes (NotifyAddrChange stays
 * silent); whoever has heard of one, or wants to know, reads the list again and compares.
 */
#include "win32/net/adapters.h"

#include <iphlpapi.h>
#include <string.h>

#include "win32/sys/no_interface_macro.h"

#include "base/mem.h"
#include "base/trace.h"
#include "base/utf16.h"
#include "hostroutes/message.h"
#include "win32/sys/exit_hold.h"

#define QUERY_FLAGS   (GAA_FLAG_SKIP_ANYCAST | GAA_FLAG_SKIP_MULTICAST | GAA_FLAG_SKIP_DNS_SERVER)
#define LOOK_AGAIN_MS 1000u

/* The list grows while it is read when an adapter appears: some attempts. */
static ULONG query_under_hold(IP_ADAPTER_ADDRESSES **ret)
{
    ULONG size = 16 << 10, rc = ERROR_BUFFER_OVERFLOW;

    for (int attempt = 0; attempt < 5 && rc == ERROR_BUFFER_OVERFLOW; attempt++) {
        *ret = mem_alloc(size);
        if (!*ret) return ERROR_NOT_ENOUGH_MEMORY;
        rc = GetAdaptersAddresses(AF_UNSPEC, QUERY_FLAGS, NULL, *ret, &size);
        if (rc == ERROR_SUCCESS) return rc;
        mem_free(*ret);
        *ret = NULL;
        size += 4096;
    }
    return rc;
}

static ULONG query(IP_ADAPTER_ADDRESSES **ret)
{
    uintptr_t hold = exit_hold();
    ULONG rc = query_under_hold(ret);

    exit_release(hold);
    return rc;
}

static uint32_t mask_of(unsigned length)
{
    if (!length) return 0;
    return length < 32 ? ~(UINT32_MAX >> length) : UINT32_MAX;
}

static void add_ipv4(struct ip_binding *binding, const IP_ADAPTER_UNICAST_ADDRESS *unicast)
{
    struct sockaddr_in address;

    if (unicast->Address.iSockaddrLength < (INT)sizeof(address)) return;
    if (binding->count == BINDING_MAX_ADDRESSES) return;
    memcpy(&address, unicast->Address.lpSockaddr, sizeof(address));
    binding->local[binding->count].address = ntohl(address.sin_addr.s_addr);
    binding->local[binding->count].mask = mask_of(unicast->OnLinkPrefixLength);
    binding->count++;
}

/* The link-local address comes first, so that it has room whatever else there is. */
static void add_ipv6(struct ip_binding *binding, const IP_ADAPTER_UNICAST_ADDRESS *unicast)
{
    struct sockaddr_in6 address;
    struct rtm_address own;
    uint32_t at = binding->count6;

    if (unicast->Address.iSockaddrLength < (INT)sizeof(address)) return;
    memcpy(&address, unicast->Address.lpSockaddr, sizeof(address));
    memcpy(&own, &address.sin6_addr, sizeof(own));
    if (rtm_is_link_local(&own) && at) {
        if (at < BINDING_MAX_IPV6) binding->local6[at] = binding->local6[0];
        at = 0;
    }
    if (at == BINDING_MAX_IPV6) return;
    binding->local6[at].address = own;
    binding->local6[at].length = unicast->OnLinkPrefixLength;
    if (binding->count6 < BINDING_MAX_IPV6) binding->count6++;
}

static void add_addresses(struct ip_binding *binding, const IP_ADAPTER_UNICAST_ADDRESS *unicast)
{
    for (; unicast; unicast = unicast->Next) {
        if (unicast->Address.lpSockaddr->sa_family == AF_INET) add_ipv4(binding, unicast);
        if (unicast->Address.lpSockaddr->sa_family == AF_INET6) add_ipv6(binding, unicast);
    }
}

static bool convert(struct host_adapter *target, const IP_ADAPTER_ADDRESSES *source)
{
    char16_t *out = target->name;

    if (!source->AdapterName || !source->FriendlyName) return false;
    for (const char *in = source->AdapterName; *in && out < target->name + INTERFACE_NAME_MAX; in++)
        *out++ = (char16_t)(unsigned char)*in;
    if (!u16_copy(target->alias, INTERFACE_NAME_MAX + 1, (const char16_t *)source->FriendlyName))
        return false;
    target->loopback = source->IfType == IF_TYPE_SOFTWARE_LOOPBACK;
    target->up = source->OperStatus == IfOperStatusUp;
    target->binding.host_index = source->IfIndex;
    target->binding.mtu = source->Mtu;
    target->binding.speed = source->TransmitLinkSpeed == UINT64_MAX ? 0 : source->TransmitLinkSpeed;
    add_addresses(&target->binding, source->FirstUnicastAddress);
    return true;
}

/* ---- adapters of one name ------------------------------------------------------------------- */

#define STALE_MAX 256u

static struct {
    SRWLOCK lock;
    struct {
        uint32_t index, now;
    } entries[STALE_MAX];
    uint32_t count;
} stale = {.lock = SRWLOCK_INIT};

static void note_stale(uint32_t index, uint32_t now)
{
    for (uint32_t n = 0; n < stale.count; n++) {
        if (stale.entries[n].now == index) stale.entries[n].now = now;
    }
    if (stale.count == STALE_MAX) return;
    stale.entries[stale.count].index = index;
    stale.entries[stale.count++].now = now;
}

/* a and b have one name: *a becomes the newer one, with the addresses of either. */
static void merge(struct host_adapter *a, const struct host_adapter *b)
{
    const bool b_is_newer = b->binding.host_index > a->binding.host_index;
    struct host_adapter older = b_is_newer ? *a : *b;

    if (b_is_newer) *a = *b;
    note_stale(older.binding.host_index, a->binding.host_index);
    if (!a->binding.count) {
        a->binding.count = older.binding.count;
        memcpy(a->binding.local, older.binding.local, sizeof(older.binding.local));
    }
    if (!a->binding.count6) {
        a->binding.count6 = older.binding.count6;
        memcpy(a->binding.local6, older.binding.local6, sizeof(older.binding.local6));
    }
}

void adapters_keep_newest(struct adapter_list *list)
{
    size_t kept = 0;

    AcquireSRWLockExclusive(&stale.lock);
    stale.count = 0;
    for (size_t i = 0; i < list->count; i++) {
        size_t n = 0;

        while (n < kept && !u16_equal(list->adapters[n].alias, list->adapters[i].alias)) n++;
        if (n < kept)
            merge(&list->adapters[n], &list->adapters[i]);
        else
            list->adapters[kept++] = list->adapters[i];
    }
    list->count = kept;
    ReleaseSRWLockExclusive(&stale.lock);
}

uint32_t adapters_index_now(uint32_t index)
{
    uint32_t now = index;

    AcquireSRWLockShared(&stale.lock);
    for (uint32_t n = 0; n < stale.count; n++) {
        if (stale.entries[n].index == index) now = stale.entries[n].now;
    }
    ReleaseSRWLockShared(&stale.lock);
    return now;
}

/* ---- reading -------------------------------------------------------------------------------- */

static bool is_gone(const IP_ADAPTER_ADDRESSES *a)
{
    return a->OperStatus == IfOperStatusUnknown && !a->Mtu;
}

/* The device that holds routes is no adapter of the host's. */
static bool is_hold(const IP_ADAPTER_ADDRESSES *a)
{
    static const WCHAR name[] = L"" HR_HOLD_NAME;
    const size_t length = ARRAYSIZE(name) - 1;

    return a->FriendlyName && !wcsncmp(a->FriendlyName, name, length) &&
           a->FriendlyName[length] >= '0' && a->FriendlyName[length] <= '9';
}

static bool counts(const IP_ADAPTER_ADDRESSES *a)
{
    return a->IfIndex && !is_gone(a) && !is_hold(a);
}

static mpr_status read_list(struct adapter_list *ret)
{
    IP_ADAPTER_ADDRESSES *list = NULL;
    size_t count = 0;
    ULONG rc = query(&list);

    if (rc == ERROR_NO_DATA) return ST_OK;
    if (rc != NO_ERROR) {
        TRACE(ERROR, "adapters: the system's list can't be read (error %lu)", rc);
        return (mpr_status)rc;
    }
    for (IP_ADAPTER_ADDRESSES *a = list; a; a = a->Next) count++;
    ret->adapters = mem_alloc_array(count, sizeof(*ret->adapters));
    if (ret->adapters) {
        for (IP_ADAPTER_ADDRESSES *a = list; a; a = a->Next) {
            if (counts(a) && convert(&ret->adapters[ret->count], a)) ret->count++;
        }
        adapters_keep_newest(ret);
    }
    mem_free(list);
    return ret->adapters ? ST_OK : ST_NOT_ENOUGH_MEMORY;
}

/* ---- what was there at the last look --------------------------------------------------------- */

static struct {
    SRWLOCK lock;
    struct adapter_list list; /* a copy */
    mpr_status status;
    bool known;
    ULONGLONG at;
} last = {.lock = SRWLOCK_INIT};

static void remember(const struct adapter_list *list, mpr_status status)
{
    struct adapter_list copy = {NULL, 0}, former;

    if (list->count) copy.adapters = mem_dup(list->adapters, list->count * sizeof(*copy.adapters));
    if (copy.adapters) copy.count = list->count;
    AcquireSRWLockExclusive(&last.lock);
    former = last.list;
    last.list = copy;
    last.status = status;
    last.known = copy.count == list->count && status != ST_NOT_ENOUGH_MEMORY;
    last.at = GetTickCount64();
    ReleaseSRWLockExclusive(&last.lock);
    adapters_free(&former);
}

void adapters_forget(void)
{
    AcquireSRWLockExclusive(&last.lock);
    adapters_free(&last.list);
    last.known = false;
    ReleaseSRWLockExclusive(&last.lock);
}

mpr_status adapters_read(struct adapter_list *ret)
{
    mpr_status status;

    TRACE(DEBUG, "adapters: the system is asked");
    ret->adapters = NULL;
    ret->count = 0;
    status = read_list(ret);
    remember(ret, status);
    return status;
}

/* *ret_settled: the last look need not be repeated for a name that it did not find. */
static mpr_status look_back(const char16_t *name, bool *ret, bool *ret_settled)
{
    mpr_status status;

    AcquireSRWLockShared(&last.lock);
    *ret = adapters_find(&last.list, name) != NULL;
    *ret_settled = *ret || (last.known && GetTickCount64() - last.at < LOOK_AGAIN_MS);
    status = *ret ? ST_OK : last.status;
    ReleaseSRWLockShared(&last.lock);
    return status;
}

mpr_status adapters_have(const char16_t *name, bool *ret)
{
    struct adapter_list now;
    bool settled;
    mpr_status status = look_back(name, ret, &settled);

    if (settled) return status;
    status = adapters_read(&now);
    *ret = status == ST_OK && adapters_find(&now, name);
    adapters_free(&now);
    return status;
}

void adapters_free(struct adapter_list *list)
{
    mem_free(list->adapters);
    list->adapters = NULL;
    list->count = 0;
}

static bool same_binding(const struct ip_binding *a, const struct ip_binding *b)
{
    if (a->count != b->count || a->host_index != b->host_index || a->mtu != b->mtu ||
        a->speed != b->speed)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->local[i].address != b->local[i].address || a->local[i].mask != b->local[i].mask)
            return false;
    }
    return ip_binding_same_ipv6(a, b);
}

bool adapters_equal(const struct adapter_list *a, const struct adapter_list *b)
{
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct host_adapter *x = &a->adapters[i], *y = &b->adapters[i];
        if (x->up != y->up || x->loopback != y->loopback || !u16_equal(x->name, y->name) ||
            !u16_equal(x->alias, y->alias) || !same_binding(&x->binding, &y->binding))
            return false;
    }
    return true;
}

const struct host_adapter *adapters_find(const struct adapter_list *list, const char16_t *name)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct host_adapter *a = &list->adapters[i];
        if (u16_equal_nocase(a->name, name) || u16_equal_nocase(a->alias, name)) return a;
    }
    return NULL;
}
