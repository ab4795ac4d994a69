/* MIB variables of interfaces: IF_NUMBER, IF_TABLE, IF_ROW, IF_STATUS. */
#ifndef MPR_ROUTER_RM_MIB_INTERFACES_H
#define MPR_ROUTER_RM_MIB_INTERFACES_H

#include "router/mib/rm_mib_internal.h"

mib_answer_fn mib_if_number, mib_if_table, mib_if_row, mib_if_status;

#endif
