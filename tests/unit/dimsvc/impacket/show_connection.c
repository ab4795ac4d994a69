#include "show.h"

/* A WCHAR array of fixed size. */
#define UNITS(name, array) show_units((name), (array), sizeof(array) / sizeof((array)[0]))

struct named {
    const char *name;
    uint32_t value;
};

static void show_all(const struct named *numbers, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) show_number(numbers[i].name, numbers[i].value);
}

static void show_ppp_ip(const struct dim_ppp *ppp)
{
    show_number("dwIPv4NegotiationError", ppp->ipv4_error);
    UNITS("wszAddress", ppp->address);
    UNITS("wszRemoteAddress", ppp->remote_address);
    show_number("dwIPv4Options", ppp->ipv4_options);
    show_number("dwIPv4RemoteOptions", ppp->ipv4_remote_options);
    show_number("IPv4SubInterfaceIndex", ppp->ipv4_index);
    show_number("dwIPv6NegotiationError", ppp->ipv6_error);
    show_hex("bInterfaceIdentifier", ppp->interface_id, sizeof(ppp->interface_id));
    show_hex("bRemoteInterfaceIdentifier", ppp->remote_interface_id,
             sizeof(ppp->remote_interface_id));
    show_hex("bPrefix", ppp->prefix, sizeof(ppp->prefix));
    show_number("dwPrefixLength", ppp->prefix_length);
    show_number("IPv6SubInterfaceIndex", ppp->ipv6_index);
}

static void show_ppp_link(const struct dim_ppp *ppp)
{
    const struct named numbers[] = {{"dwLcpError", ppp->lcp_error},
                                    {"dwAuthenticationProtocol", ppp->authentication},
                                    {"dwAuthenticationData", ppp->authentication_data},
                                    {"dwRemoteAuthenticationProtocol", ppp->remote_authentication},
                                    {"dwRemoteAuthenticationData", ppp->remote_authentication_data},
                                    {"dwLcpTerminateReason", ppp->terminate_reason},
                                    {"dwLcpRemoteTerminateReason", ppp->remote_terminate_reason},
                                    {"dwLcpOptions", ppp->lcp_options},
                                    {"dwLcpRemoteOptions", ppp->lcp_remote_options},
                                    {"dwEapTypeId", ppp->eap_type},
                                    {"dwRemoteEapTypeId", ppp->remote_eap_type},
                                    {"dwCcpError", ppp->ccp_error},
                                    {"dwCompressionAlgorithm", ppp->compression},
                                    {"dwCcpOptions", ppp->ccp_options},
                                    {"dwRemoteCompressionAlgorithm", ppp->remote_compression},
                                    {"dwCcpRemoteOptions", ppp->ccp_remote_options}};

    show_all(numbers, sizeof(numbers) / sizeof(numbers[0]));
}

static void show_ikev2(const struct dim_ikev2_projection *ikev2)
{
    show_number("dwIPv4NegotiationError", ikev2->ipv4_error);
    UNITS("wszAddress", ikev2->address);
    UNITS("wszRemoteAddress", ikev2->remote_address);
    show_number("IPv4SubInterfaceIndex", ikev2->ipv4_index);
    show_number("dwIPv6NegotiationError", ikev2->ipv6_error);
    show_hex("bInterfaceIdentifier", ikev2->interface_id, sizeof(ikev2->interface_id));
    show_hex("bRemoteInterfaceIdentifier", ikev2->remote_interface_id,
             sizeof(ikev2->remote_interface_id));
    show_hex("bPrefix", ikev2->prefix, sizeof(ikev2->prefix));
    show_number("dwPrefixLength", ikev2->prefix_length);
    show_number("IPv6SubInterfaceIndex", ikev2->ipv6_index);
    show_number("dwOptions", ikev2->options);
    show_number("dwAuthenticationProtocol", ikev2->authentication);
    show_number("dwEapTypeId", ikev2->eap_type);
    show_number("dwCompressionAlgorithm", ikev2->compression);
    show_number("dwEncryptionMethod", ikev2->encryption);
}

static void show_projection(const struct dim_connection *connection)
{
    size_t above = show_enter("ProjectionInfo");

    show_number("tag", connection->projection);
    if (connection->projection == DIM_PROJECTION_PPP) {
        show_ppp_ip(&connection->ppp);
        show_ppp_link(&connection->ppp);
    } else {
        show_ikev2(&connection->ikev2);
    }
    show_leave(above);
}

static void show_guid(const struct dim_guid *guid)
{
    size_t above = show_enter("guid");

    show_number("Data1", guid->data1);
    show_number("Data2", guid->data2);
    show_number("Data3", guid->data3);
    show_hex("Data4", guid->data4, sizeof(guid->data4));
    show_leave(above);
}

static void show_who(const struct dim_connection *connection)
{
    size_t time;

    show_number("dwConnectDuration", connection->duration);
    show_number("dwInterfaceType", connection->interface_type);
    show_number("dwConnectionFlags", connection->flags);
    UNITS("wszInterfaceName", connection->interface_name);
    UNITS("wszUserName", connection->user_name);
    UNITS("wszLogonDomain", connection->domain);
    UNITS("wszRemoteComputer", connection->remote_computer);
    show_guid(&connection->guid);
    show_number("rasQuarState", connection->quarantine_state);
    time = show_enter("probationTime");
    show_number("dwLowDateTime", connection->probation_low);
    show_number("dwHighDateTime", connection->probation_high);
    show_leave(time);
}

static void show_statistics(const uint32_t statistics[13])
{
    static const char *const names[13] = {
        "dwBytesXmited",   "dwBytesRcved",       "dwFramesXmited",       "dwFramesRcved",
        "dwCrcErr",        "dwTimeoutErr",       "dwAlignmentErr",       "dwHardwareOverrunErr",
        "dwFramingErr",    "dwBufferOverrunErr", "dwCompressionRatioIn", "dwCompressionRatioOut",
        "dwNumSwitchOvers"};
    size_t i;

    for (i = 0; i < 13; i++) show_number(names[i], statistics[i]);
}

static void show_members(const struct dim_connection *connection)
{
    show_number("tag", connection->revision);
    show_header("Header", &connection->header);
    show_who(connection);
    show_statistics(connection->statistics);
    UNITS("wszRemoteEndpointAddress", connection->remote_endpoint);
    UNITS("wszLocalEndpointAddress", connection->local_endpoint);
    show_projection(connection);
    show_number("hConnection", connection->connection);
    show_number("hInterface", connection->interface);
}

void show_connection(const char *name, const struct dim_connection *connection)
{
    size_t above = show_enter(name);

    show_members(connection);
    show_leave(above);
}

void show_connections(const char *name, const struct dim_connection *connections, size_t count)
{
    size_t above, i;

    if (!connections) {
        show_null(name);
        return;
    }
    show_number(name, count);
    above = show_enter(name);
    for (i = 0; i < count; i++) {
        size_t array = show_enter_element(i);

        show_members(&connections[i]);
        show_leave(array);
    }
    show_leave(above);
}

void show_update(const struct dim_update *update)
{
    show_number("tag", update->revision);
    show_header("Header", &update->header);
    show_number("dwIfIndex", update->local_index);
    UNITS("wszRemoteEndpointAddress", update->remote_endpoint);
}
