/* What the running router has to store, in the registry. */
#ifndef MPR_WIN32_CONFIG_SAVE_H
#define MPR_WIN32_CONFIG_SAVE_H

#include "router/host.h"

/* As router_host.store. What can't be stored is logged. */
void config_save(const struct store_item *item);

#endif
