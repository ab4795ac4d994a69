/* A row for each method, in the words of its declaration: name, then parameters in order. */
#include "dimsvc/method_table.h"

/* clang-format off */
#define P(kind, ways, member) {PARAMETER_##kind, ways, offsetof(struct dim_arguments, member)}
#define IN(member)        P(NUMBER, WAY_IN, member)
#define OUT(member)       P(NUMBER, WAY_OUT, member)
#define INOUT(member)     P(NUMBER, WAY_IN | WAY_OUT, member)
#define RESUME            P(RESUME, WAY_IN | WAY_OUT, resume)
#define IN_INFO           P(INFO, WAY_IN, info)
#define OUT_INFO          P(INFO, WAY_OUT, info)
#define INOUT_INFO        P(INFO, WAY_IN | WAY_OUT, info)
#define IN_BLOCKS         P(BLOCKS, WAY_IN, blocks)
#define INOUT_BLOCKS      P(BLOCKS, WAY_IN | WAY_OUT, blocks)
#define IN_MIB            P(MIB, WAY_IN, mib)
#define INOUT_MIB         P(MIB, WAY_IN | WAY_OUT, mib)
#define IN_TEXT(i)        P(TEXT, WAY_IN, text[i])
#define OUT_TEXT(i)       P(TEXT_POINTER, WAY_OUT, text[i])

const struct method dim_methods[DIM_METHODS] = {
    {"RMprAdminServerGetInfo", {IN(level), OUT_INFO}},
    {"RRasAdminConnectionEnum",
        {IN(level), INOUT_INFO, IN(preferred), OUT(entries_read), OUT(total_entries), RESUME}},
    {"RRasAdminConnectionGetInfo", {IN(level), IN(connection), OUT_INFO}},
    {"RRasAdminConnectionClearStats", {IN(connection)}},
    {"RRasAdminPortEnum",
        {IN(level), IN(connection), INOUT_INFO, IN(preferred), OUT(entries_read),
         OUT(total_entries), RESUME}},
    {"RRasAdminPortGetInfo", {IN(level), IN(port), OUT_INFO}},
    {"RRasAdminPortClearStats", {IN(port)}},
    {"RRasAdminPortReset", {IN(port)}},
    {"RRasAdminPortDisconnect", {IN(port)}},
    {"RRouterInterfaceTransportSetGlobalInfo", {IN(transport), IN_BLOCKS}},
    {"RRouterInterfaceTransportGetGlobalInfo", {IN(transport), INOUT_BLOCKS}},
    {"RRouterInterfaceGetHandle", {IN_TEXT(0), INOUT(interface), IN(include_clients)}},
    {"RRouterInterfaceCreate", {IN(level), IN_INFO, INOUT(interface)}},
    {"RRouterInterfaceGetInfo", {IN(level), INOUT_INFO, IN(interface)}},
    {"RRouterInterfaceSetInfo", {IN(level), IN_INFO, IN(interface)}},
    {"RRouterInterfaceDelete", {IN(interface)}},
    {"RRouterInterfaceTransportRemove", {IN(interface), IN(transport)}},
    {"RRouterInterfaceTransportAdd", {IN(interface), IN(transport), IN_BLOCKS}},
    {"RRouterInterfaceTransportGetInfo", {IN(interface), IN(transport), INOUT_BLOCKS}},
    {"RRouterInterfaceTransportSetInfo", {IN(interface), IN(transport), IN_BLOCKS}},
    {"RRouterInterfaceEnum",
        {IN(level), INOUT_INFO, IN(preferred), OUT(entries_read), OUT(total_entries), RESUME}},
    {"RRouterInterfaceConnect", {IN(interface), IN(event), IN(blocking), IN(process)}},
    {"RRouterInterfaceDisconnect", {IN(interface)}},
    {"RRouterInterfaceUpdateRoutes", {IN(interface), IN(transport), IN(event), IN(process)}},
    {"RRouterInterfaceQueryUpdateResult", {IN(interface), IN(transport), OUT(result)}},
    {"RRouterInterfaceUpdatePhonebookInfo", {IN(interface)}},
    {"RMIBEntryCreate", {IN(transport), IN(routing_pid), IN_MIB}},
    {"RMIBEntryDelete", {IN(transport), IN(routing_pid), IN_MIB}},
    {"RMIBEntrySet", {IN(transport), IN(routing_pid), IN_MIB}},
    {"RMIBEntryGet", {IN(transport), IN(routing_pid), INOUT_MIB}},
    {"RMIBEntryGetFirst", {IN(transport), IN(routing_pid), INOUT_MIB}},
    {"RMIBEntryGetNext", {IN(transport), IN(routing_pid), INOUT_MIB}},
    {"RMIBGetTrapInfo", {IN(transport), IN(routing_pid), INOUT_MIB}},
    {"RMIBSetTrapInfo",
        {IN(transport), IN(routing_pid), IN(event), IN(process), INOUT_MIB}},
    {"RRasAdminConnectionNotification", {IN(registers), IN(process), IN(event)}},
    {"RRasAdminSendUserMessage", {IN(connection), IN_TEXT(0)}},
    {"RRouterDeviceEnum", {IN(level), INOUT_INFO, INOUT(total_entries)}},
    {"RRouterInterfaceTransportCreate", {IN(transport), IN_TEXT(0), IN_BLOCKS, IN_TEXT(1)}},
    {"RRouterInterfaceDeviceGetInfo", {IN(level), INOUT_INFO, IN(index), IN(interface)}},
    {"RRouterInterfaceDeviceSetInfo", {IN(level), IN_INFO, IN(index), IN(interface)}},
    {"RRouterInterfaceSetCredentialsEx", {IN(level), IN_INFO, IN(interface)}},
    {"RRouterInterfaceGetCredentialsEx", {IN(level), INOUT_INFO, IN(interface)}},
    {"RRasAdminConnectionRemoveQuarantine", {IN(connection), IN(is_address)}},
    {"RMprAdminServerSetInfo", {IN(level), IN_INFO}},
    {"RMprAdminServerGetInfoEx", {P(SERVER, WAY_IN | WAY_OUT, server)}},
    {"RRasAdminConnectionEnumEx",
        {P(HEADER, WAY_IN, header), IN(preferred), OUT(entries_read), OUT(total_entries),
         P(CONNECTIONS, WAY_OUT, connections), RESUME}},
    {"RRasAdminConnectionGetInfoEx",
        {IN(connection), P(HEADER, WAY_IN, header), P(CONNECTION, WAY_OUT, connection_ex)}},
    {"RMprAdminServerSetInfoEx", {P(SERVER_SET, WAY_IN, server_set)}},
    {"RRasAdminUpdateConnection", {IN(connection), P(UPDATE, WAY_IN, update)}},
    {"RRouterInterfaceSetCredentialsLocal",
        {IN_TEXT(0), IN_TEXT(1), IN_TEXT(2), IN_TEXT(3)}},
    {"RRouterInterfaceGetCredentialsLocal",
        {IN_TEXT(0), OUT_TEXT(1), OUT_TEXT(2), OUT_TEXT(3)}},
    {"RRouterInterfaceGetCustomInfoEx", {IN(interface), P(CUSTOM, WAY_IN | WAY_OUT, custom)}},
    {"RRouterInterfaceSetCustomInfoEx", {IN(interface), P(CUSTOM, WAY_IN | WAY_OUT, custom)}},
};
