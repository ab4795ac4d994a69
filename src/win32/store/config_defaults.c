#include "win32/store/config_defaults.h"

#include "win32/sys/windows_api.h"

#include "infoblock/infoblock.h"
#include "infoblock/priority.h"
#include "infoblock/types.h"
#include "router/router.h"
#include "win32/journal/config_change.h"
#include "win32/store/config_store.h"
#include "win32/sys/registry.h"

bool config_is_fresh(void)
{
    HKEY key;

    if (registry_open(CONFIG_ROUTER_MANAGERS, KEY_READ, false, &key)) return true;
    RegCloseKey(key);
    return false;
}

mpr_status config_default_global(uint32_t transport, struct blob *ret)
{
    static const uint8_t global[8] = {0, 0, 0, 0, 1, 0, 0, 0};
    uint8_t priorities[8 * (PRIORITY_DEFAULT_COUNT + 1)];
    struct info_block block = {INFO_IP_GLOBAL_INFO, sizeof(global), 1, global};
    mpr_status status;

    if (transport == TRANSPORT_IPV6) block.type = INFO_IPV6_GLOBAL_INFO;
    status = info_blob_put(ret, &block);
    if (status != ST_OK) return status;
    priority_encode(priority_defaults, PRIORITY_DEFAULT_COUNT, priorities);
    block.type = INFO_IP_PROT_PRIORITY_INFO;
    block.item_size = (uint32_t)priority_encoded_size(PRIORITY_DEFAULT_COUNT);
    block.data = priorities;
    return info_blob_put(ret, &block);
}

static mpr_status write_one(uint32_t transport)
{
    struct blob global = {NULL, 0};
    mpr_status status = config_default_global(transport, &global);
    const struct config_transport_value value = {L"GlobalInfo", global.data, global.size, NULL};

    if (status == ST_OK)
        status = config_transport_store(CONFIG_ROUTER_MANAGERS, transport, NULL, &value, 1);
    blob_free(&global);
    return status;
}

/* The key comes first: then this is no fresh machine any more, for the functions called here. */
static mpr_status write_both(void)
{
    mpr_status status;
    HKEY key;

    status = registry_open(CONFIG_ROUTER_MANAGERS, KEY_READ, true, &key);
    if (status != ST_OK) return status;
    RegCloseKey(key);
    status = write_one(TRANSPORT_IP);
    return status == ST_OK ? write_one(TRANSPORT_IPV6) : status;
}

mpr_status config_defaults_write(void)
{
    struct config_change *change;
    mpr_status status = config_change_open(&change);

    if (status != ST_OK) return status;
    status = config_change_key(change, REGISTRY_ROOT L"\\" CONFIG_ROUTER_MANAGERS);
    if (status == ST_OK) status = config_change_begin(change);
    if (status == ST_OK) status = write_both();
    return config_change_close(change, status);
}
