/* The carrier of the host's adapters, which GetAdaptersAddresses leaves out under Wine: there one
 * that is set up counts as operational, whatever is at the other end of its cable. */
#ifndef MPR_WIN32_ADAPTER_MEDIA_H
#define MPR_WIN32_ADAPTER_MEDIA_H

#include "win32/net/adapters.h"

/* Those without carrier are not up. Where the system does not say so, all stays as it is. */
void adapter_media_apply(struct adapter_list *list);

#endif
