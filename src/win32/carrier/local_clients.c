/* A client is found by its process' id: as long as its process is open here, no other process gets
 * that id. Who may be added is decided by one thread, the one that listens. */
#include "win32/carrier/local_clients.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/trace.h"
#include "win32/carrier/local_identity.h"

#define CLIENT_RIGHTS (PROCESS_DUP_HANDLE | PROCESS_QUERY_INFORMATION | SYNCHRONIZE)

static struct {
    SRWLOCK lock;
    CONDITION_VARIABLE ended;
    const struct carrier_handler *handler;
    struct local_client *clients;
    unsigned client_count, channel_count;
    volatile bool stopping;
} router_side = {.lock = SRWLOCK_INIT, .ended = CONDITION_VARIABLE_INIT};

void local_clients_start(const struct carrier_handler *handler)
{
    router_side.handler = handler;
    router_side.stopping = false;
}

const struct carrier_handler *local_clients_handler(void)
{
    return router_side.handler;
}

/* ---- memory ---------------------------------------------------------------------------------- */

static const struct {
    uint32_t one, all;
} bounds[LOCAL_WAYS] = {
    [LOCAL_REQUESTS] = {LOCAL_REQUEST_MAX, LOCAL_CLIENT_REQUESTS},
    [LOCAL_RESPONSES] = {LOCAL_RESPONSE_MAX, LOCAL_CLIENT_RESPONSES},
};

bool local_clients_take_memory(struct local_client *client, enum local_way way, size_t size)
{
    if (size > bounds[way].one) return false;
    if (InterlockedExchangeAdd64(&client->octets[way], (LONG64)size) + (LONG64)size <=
        bounds[way].all)
        return true;
    local_clients_give_memory(client, way, size);
    return false;
}

void local_clients_give_memory(struct local_client *client, enum local_way way, size_t size)
{
    InterlockedExchangeAdd64(&client->octets[way], -(LONG64)size);
}

/* ---- clients --------------------------------------------------------------------------------- */

static void close_client(struct local_client *client)
{
    if (client->token) CloseHandle(client->token);
    if (client->process) CloseHandle(client->process);
    mem_free(client);
}

static mpr_status look_at_process(struct local_client *client)
{
    client->process = OpenProcess(CLIENT_RIGHTS, FALSE, client->process_id);
    if (!client->process) {
        TRACE(WARNING, "carrier: client %lu can't be opened (error %lu)", client->process_id,
              GetLastError());
        return ST_ACCESS_DENIED;
    }
    return identity_of_process(client->process, &client->token);
}

static mpr_status new_client(DWORD process, struct local_client **ret)
{
    struct local_client *client = mem_alloc(sizeof(*client));
    mpr_status status;

    if (!client) return ST_NOT_ENOUGH_MEMORY;
    client->process_id = process;
    status = look_at_process(client);
    if (status == ST_OK) status = router_side.handler->client_begin(process, &client->handled);
    if (status != ST_OK) {
        close_client(client);
        return status;
    }
    *ret = client;
    return ST_OK;
}

static struct local_client *find_client(DWORD process)
{
    struct local_client *client;

    DL_FOREACH (router_side.clients, client) {
        if (client->process_id == process) return client;
    }
    return NULL;
}

static void end_client(struct local_client *client)
{
    TRACE(INFO, "carrier: client %lu has gone", client->process_id);
    router_side.handler->client_end(client->handled);
    close_client(client);
}

/* ---- counting -------------------------------------------------------------------------------- */

/* *ret NULL and ST_OK: the process is no client yet. */
static mpr_status count_channel(DWORD process, struct local_client **ret)
{
    mpr_status status = ST_OK;

    AcquireSRWLockExclusive(&router_side.lock);
    *ret = find_client(process);
    if (router_side.channel_count >= LOCAL_CHANNELS ||
        (*ret && (*ret)->channel_count >= LOCAL_CLIENT_CALLS)) {
        status = ST_RPC_SERVER_TOO_BUSY;
    } else if (*ret) {
        (*ret)->channel_count++;
        router_side.channel_count++;
    }
    ReleaseSRWLockExclusive(&router_side.lock);
    return status;
}

static void count_client(struct local_client *client)
{
    AcquireSRWLockExclusive(&router_side.lock);
    DL_APPEND(router_side.clients, client);
    client->channel_count = 1;
    router_side.client_count++;
    router_side.channel_count++;
    ReleaseSRWLockExclusive(&router_side.lock);
    TRACE(INFO, "carrier: client %lu, %s", client->process_id,
          client->token ? "with a token of its own" : "with a token like the router's");
}

/* A client with room for one more channel, which is counted. */
static mpr_status client_for_channel(DWORD process, struct local_client **ret)
{
    mpr_status status = count_channel(process, ret);

    if (status != ST_OK || *ret) return status;
    status = new_client(process, ret);
    if (status == ST_OK) count_client(*ret);
    return status;
}

static void uncount_channel(struct local_client *client)
{
    bool last;

    AcquireSRWLockExclusive(&router_side.lock);
    last = --client->channel_count == 0;
    if (last)
        DL_DELETE(router_side.clients, client); /* NOLINT(clang-analyzer-core.NullDereference) */
    ReleaseSRWLockExclusive(&router_side.lock);
    if (last) end_client(client);
    AcquireSRWLockExclusive(&router_side.lock);
    router_side.channel_count--;
    if (last) router_side.client_count--;
    WakeAllConditionVariable(&router_side.ended);
    ReleaseSRWLockExclusive(&router_side.lock);
}

unsigned local_clients_count(void)
{
    unsigned count;

    AcquireSRWLockShared(&router_side.lock);
    count = router_side.client_count;
    ReleaseSRWLockShared(&router_side.lock);
    return count;
}

/* ---- channels -------------------------------------------------------------------------------- */

static void free_channel(struct local_channel *channel)
{
    mem_free(channel->kept);
    if (channel->header) UnmapViewOfFile((void *)(uintptr_t)channel->header);
    if (channel->section) CloseHandle(channel->section);
    if (channel->request) CloseHandle(channel->request);
    if (channel->response) CloseHandle(channel->response);
    mem_free(channel);
}

static bool make_objects(struct local_channel *channel)
{
    channel->section =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, LOCAL_SECTION, NULL);
    if (channel->section)
        channel->header = MapViewOfFile(channel->section, FILE_MAP_WRITE, 0, 0, LOCAL_SECTION);
    channel->request = CreateEventW(NULL, FALSE, FALSE, NULL);
    channel->response = CreateEventW(NULL, FALSE, FALSE, NULL);
    return channel->header && channel->request && channel->response;
}

static struct local_channel *new_channel(struct local_client *client)
{
    struct local_channel *channel = mem_alloc(sizeof(*channel));

    if (!channel) return NULL;
    channel->client = client;
    if (make_objects(channel)) return channel;
    free_channel(channel);
    return NULL;
}

static bool give(HANDLE process, HANDLE object, DWORD rights, uint64_t *ret)
{
    HANDLE there = NULL;

    if (!DuplicateHandle(GetCurrentProcess(), object, process, &there, rights, FALSE, 0))
        return false;
    *ret = (uintptr_t)there;
    return true;
}

static void take_back(HANDLE process, uint64_t there)
{
    if (there)
        DuplicateHandle(process, (HANDLE)(uintptr_t)there, NULL, NULL, 0, FALSE,
                        DUPLICATE_CLOSE_SOURCE);
}

static mpr_status give_objects(const struct local_channel *channel, struct local_hello *hello)
{
    const DWORD event_rights = EVENT_MODIFY_STATE | SYNCHRONIZE;
    HANDLE process = channel->client->process;

    if (give(process, channel->section, SECTION_MAP_READ | SECTION_MAP_WRITE, &hello->section) &&
        give(process, channel->request, event_rights, &hello->request) &&
        give(process, channel->response, event_rights, &hello->response))
        return ST_OK;
    take_back(process, hello->section);
    take_back(process, hello->request);
    hello->section = hello->request = hello->response = 0;
    return ST_NOT_ENOUGH_MEMORY;
}

static void list_channel(struct local_channel *channel)
{
    AcquireSRWLockExclusive(&router_side.lock);
    DL_APPEND(channel->client->channels, channel);
    ReleaseSRWLockExclusive(&router_side.lock);
}

mpr_status local_clients_add_channel(DWORD process, struct local_channel **ret,
                                     struct local_hello *ret_hello)
{
    struct local_client *client;
    struct local_channel *channel;
    mpr_status status = client_for_channel(process, &client);

    if (status != ST_OK) return status;
    channel = new_channel(client);
    status = channel ? give_objects(channel, ret_hello) : ST_NOT_ENOUGH_MEMORY;
    if (status != ST_OK) {
        if (channel) free_channel(channel);
        uncount_channel(client);
        return status;
    }
    list_channel(channel);
    *ret = channel;
    return ST_OK;
}

void local_clients_remove_channel(struct local_channel *channel)
{
    struct local_client *client = channel->client;

    AcquireSRWLockExclusive(&router_side.lock);
    DL_DELETE(client->channels, channel);
    ReleaseSRWLockExclusive(&router_side.lock);
    channel->header->gone = 1;
    SetEvent(channel->response);
    free_channel(channel);
    uncount_channel(client);
}

/* ---- the end --------------------------------------------------------------------------------- */

bool local_clients_stopping(void)
{
    return router_side.stopping;
}

static void wake_channels(void)
{
    struct local_client *client;
    struct local_channel *channel;

    DL_FOREACH (router_side.clients, client) {
        DL_FOREACH (client->channels, channel) {
            SetEvent(channel->request);
        }
    }
}

void local_clients_stop(void)
{
    AcquireSRWLockExclusive(&router_side.lock);
    router_side.stopping = true;
    wake_channels();
    while (router_side.channel_count > 0)
        SleepConditionVariableSRW(&router_side.ended, &router_side.lock, INFINITE, 0);
    ReleaseSRWLockExclusive(&router_side.lock);
}
