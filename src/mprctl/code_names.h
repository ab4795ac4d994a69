/* Codes that have a name, of winerror.h, raserror.h and mprerror.h; the headers have the numbers.
 * The includer defines CODE(name).
 */
/* clang-format off: as many as a line holds */
CODE(NO_ERROR)
CODE(ERROR_INVALID_FUNCTION)
CODE(ERROR_FILE_NOT_FOUND)
CODE(ERROR_PATH_NOT_FOUND)
CODE(ERROR_ACCESS_DENIED)
CODE(ERROR_INVALID_HANDLE) CODE(ERROR_NOT_ENOUGH_MEMORY) CODE(ERROR_INVALID_DATA) CODE(ERROR_OUTOFMEMORY) CODE(
    ERROR_SHARING_VIOLATION) CODE(ERROR_LOCK_VIOLATION) CODE(ERROR_HANDLE_EOF) CODE(ERROR_NOT_SUPPORTED)
    CODE(ERROR_INVALID_PARAMETER) CODE(ERROR_CALL_NOT_IMPLEMENTED) CODE(ERROR_INSUFFICIENT_BUFFER) CODE(
        ERROR_INVALID_NAME) CODE(ERROR_INVALID_LEVEL) CODE(ERROR_MOD_NOT_FOUND) CODE(ERROR_PROC_NOT_FOUND)
        CODE(ERROR_ALREADY_EXISTS) CODE(ERROR_MORE_DATA) CODE(ERROR_NO_MORE_ITEMS) CODE(
            ERROR_OPERATION_ABORTED) CODE(ERROR_CAN_NOT_COMPLETE) CODE(ERROR_SERVICE_REQUEST_TIMEOUT)
            CODE(ERROR_SERVICE_ALREADY_RUNNING) CODE(ERROR_SERVICE_DISABLED) CODE(ERROR_SERVICE_DOES_NOT_EXIST) CODE(
                ERROR_SERVICE_CANNOT_ACCEPT_CTRL) CODE(ERROR_SERVICE_NOT_ACTIVE) CODE(ERROR_FAILED_SERVICE_CONTROLLER_CONNECT)
                CODE(ERROR_KEY_DELETED) CODE(ERROR_NOT_FOUND) CODE(ERROR_NO_SUCH_DOMAIN) CODE(ERROR_TIMEOUT) CODE(
                    ERROR_SERVICE_SPECIFIC_ERROR) CODE(ERROR_PROCESS_ABORTED) CODE(ERROR_SUCCESS_REBOOT_REQUIRED)
                    CODE(ERROR_SUCCESS_RESTART_REQUIRED) CODE(ERROR_CANCELLED) CODE(ERROR_NO_DATA) CODE(
                        ERROR_DIR_NOT_EMPTY) CODE(ERROR_BAD_FORMAT) CODE(ERROR_DISK_FULL) CODE(ERROR_WRITE_PROTECT)
                        CODE(ERROR_BROKEN_PIPE) CODE(ERROR_NO_SYSTEM_RESOURCES) CODE(RPC_S_INVALID_BINDING) CODE(
                            RPC_S_SERVER_UNAVAILABLE) CODE(RPC_S_CALL_FAILED) CODE(RPC_S_CALL_FAILED_DNE) CODE(RPC_S_UNKNOWN_IF) CODE(RPC_S_PROCNUM_OUT_OF_RANGE)
                            CODE(RPC_X_NULL_REF_POINTER) CODE(RPC_X_BAD_STUB_DATA) CODE(PENDING) CODE(ERROR_INVALID_PORT_HANDLE) CODE(
                                ERROR_PORT_ALREADY_OPEN) CODE(ERROR_BUFFER_TOO_SMALL) CODE(ERROR_WRONG_INFO_SPECIFIED)
                                CODE(ERROR_PORT_NOT_CONNECTED) CODE(ERROR_DEVICE_DOES_NOT_EXIST) CODE(
                                    ERROR_DEVICETYPE_DOES_NOT_EXIST) CODE(ERROR_BUFFER_INVALID) CODE(ERROR_ROUTE_NOT_ALLOCATED)
                                    CODE(ERROR_PORT_NOT_FOUND) CODE(ERROR_ASYNC_REQUEST_PENDING) CODE(ERROR_ALREADY_DISCONNECTING) CODE(
                                        ERROR_PORT_NOT_OPEN) CODE(ERROR_PORT_DISCONNECTED) CODE(ERROR_CANNOT_OPEN_PHONEBOOK)
                                        CODE(ERROR_CANNOT_LOAD_PHONEBOOK) CODE(ERROR_CANNOT_FIND_PHONEBOOK_ENTRY) CODE(
                                            ERROR_CANNOT_WRITE_PHONEBOOK) CODE(ERROR_CORRUPT_PHONEBOOK) CODE(ERROR_KEY_NOT_FOUND)
                                            CODE(ERROR_DISCONNECTION) CODE(ERROR_REMOTE_DISCONNECTION) CODE(
                                                ERROR_HARDWARE_FAILURE) CODE(ERROR_USER_DISCONNECTION) CODE(ERROR_INVALID_SIZE)
                                                CODE(ERROR_PORT_NOT_AVAILABLE) CODE(ERROR_UNKNOWN) CODE(
                                                    ERROR_WRONG_DEVICE_ATTACHED) CODE(ERROR_REQUEST_TIMEOUT)
                                                    CODE(ERROR_AUTH_INTERNAL) CODE(ERROR_RESTRICTED_LOGON_HOURS) CODE(
                                                        ERROR_ACCT_DISABLED) CODE(ERROR_PASSWD_EXPIRED)
                                                        CODE(ERROR_NO_DIALIN_PERMISSION) CODE(ERROR_FROM_DEVICE) CODE(
                                                            ERROR_UNRECOGNIZED_RESPONSE) CODE(ERROR_MACRO_NOT_FOUND)
                                                            CODE(ERROR_MACRO_NOT_DEFINED) CODE(
                                                                ERROR_MESSAGE_MACRO_NOT_FOUND) CODE(ERROR_DEFAULTOFF_MACRO_NOT_FOUND)
                                                                CODE(ERROR_FILE_COULD_NOT_BE_OPENED) CODE(
                                                                    ERROR_DEVICENAME_TOO_LONG) CODE(ERROR_DEVICENAME_NOT_FOUND)
                                                                    CODE(ERROR_NO_RESPONSES) CODE(ERROR_NO_COMMAND_FOUND) CODE(
                                                                        ERROR_WRONG_KEY_SPECIFIED) CODE(ERROR_UNKNOWN_DEVICE_TYPE)
                                                                        CODE(ERROR_ALLOCATING_MEMORY) CODE(
                                                                            ERROR_PORT_NOT_CONFIGURED) CODE(ERROR_DEVICE_NOT_READY)
                                                                            CODE(ERROR_READING_INI_FILE) CODE(
                                                                                ERROR_NO_CONNECTION)
                                                                                CODE(ERROR_BAD_USAGE_IN_INI_FILE) CODE(
                                                                                    ERROR_READING_SECTIONNAME)
                                                                                    CODE(ERROR_READING_DEVICETYPE) CODE(
                                                                                        ERROR_READING_DEVICENAME)
                                                                                        CODE(ERROR_READING_USAGE) CODE(
                                                                                            ERROR_LINE_BUSY)
                                                                                            CODE(ERROR_VOICE_ANSWER) CODE(
                                                                                                ERROR_NO_ANSWER)
                                                                                                CODE(ERROR_NO_CARRIER) CODE(
                                                                                                    ERROR_NO_DIALTONE)
                                                                                                    CODE(
                                                                                                        ERROR_AUTHENTICATION_FAILURE)
                                                                                                        CODE(
                                                                                                            ERROR_PORT_OR_DEVICE)
                                                                                                            CODE(
                                                                                                                ERROR_NOT_BINARY_MACRO)
                                                                                                                CODE(ERROR_DCB_NOT_FOUND) CODE(ERROR_STATE_MACHINES_NOT_STARTED) CODE(ERROR_STATE_MACHINES_ALREADY_STARTED) CODE(ERROR_PARTIAL_RESPONSE_LOOPING) CODE(ERROR_UNKNOWN_RESPONSE_KEY) CODE(ERROR_RECV_BUF_FULL) CODE(ERROR_CMD_TOO_LONG) CODE(ERROR_UNSUPPORTED_BPS) CODE(ERROR_UNEXPECTED_RESPONSE) CODE(ERROR_INTERACTIVE_MODE) CODE(ERROR_BAD_CALLBACK_NUMBER) CODE(ERROR_INVALID_AUTH_STATE) CODE(ERROR_X25_DIAGNOSTIC)
                                                                                                                    CODE(ERROR_ACCT_EXPIRED) CODE(ERROR_CHANGING_PASSWORD) CODE(ERROR_OVERRUN) CODE(ERROR_RASMAN_CANNOT_INITIALIZE) CODE(ERROR_NO_ACTIVE_ISDN_LINES) CODE(ERROR_IP_CONFIGURATION) CODE(ERROR_NO_IP_ADDRESSES) CODE(ERROR_PPP_TIMEOUT) CODE(ERROR_PPP_NO_PROTOCOLS_CONFIGURED) CODE(ERROR_PPP_NO_RESPONSE) CODE(ERROR_PPP_INVALID_PACKET) CODE(ERROR_PHONE_NUMBER_TOO_LONG) CODE(ERROR_IPXCP_DIALOUT_ALREADY_ACTIVE) CODE(ERROR_NO_IP_RAS_ADAPTER)
                                                                                                                        CODE(ERROR_SLIP_REQUIRES_IP) CODE(
                                                                                                                            ERROR_PROTOCOL_NOT_CONFIGURED) CODE(ERROR_PPP_NOT_CONVERGING)
                                                                                                                            CODE(ERROR_PPP_CP_REJECTED) CODE(
                                                                                                                                ERROR_PPP_LCP_TERMINATED)
                                                                                                                                CODE(
                                                                                                                                    ERROR_PPP_REQUIRED_ADDRESS_REJECTED)
                                                                                                                                    CODE(ERROR_PPP_NCP_TERMINATED) CODE(ERROR_PPP_LOOPBACK_DETECTED) CODE(ERROR_PPP_NO_ADDRESS_ASSIGNED) CODE(ERROR_CANNOT_USE_LOGON_CREDENTIALS) CODE(ERROR_TAPI_CONFIGURATION) CODE(ERROR_NO_LOCAL_ENCRYPTION) CODE(
                                                                                                                                        ERROR_NO_REMOTE_ENCRYPTION) CODE(ERROR_BAD_PHONE_NUMBER)
                                                                                                                                        CODE(ERROR_SCRIPT_SYNTAX) CODE(
                                                                                                                                            ERROR_HANGUP_FAILED) CODE(ERROR_BUNDLE_NOT_FOUND) CODE(ERROR_CANNOT_DO_CUSTOMDIAL) CODE(ERROR_DIAL_ALREADY_IN_PROGRESS) CODE(ERROR_RASAUTO_CANNOT_INITIALIZE) CODE(ERROR_NO_SMART_CARD_READER) CODE(ERROR_SHARING_ADDRESS_EXISTS)
                                                                                                                                            CODE(ERROR_NO_CERTIFICATE) CODE(ERROR_SHARING_MULTIPLE_ADDRESSES) CODE(ERROR_FAILED_TO_ENCRYPT) CODE(ERROR_BAD_ADDRESS_SPECIFIED) CODE(ERROR_CONNECTION_REJECT) CODE(
                                                                                                                                                ERROR_CONGESTION) CODE(ERROR_INCOMPATIBLE)
                                                                                                                                                CODE(ERROR_NUMBERCHANGED) CODE(
                                                                                                                                                    ERROR_TEMPFAILURE)
                                                                                                                                                    CODE(ERROR_BLOCKED) CODE(
                                                                                                                                                        ERROR_DONOTDISTURB)
                                                                                                                                                        CODE(
                                                                                                                                                            ERROR_OUTOFORDER)
                                                                                                                                                            CODE(
                                                                                                                                                                ERROR_UNABLE_TO_AUTHENTICATE_SERVER) CODE(ERROR_INVALID_FUNCTION_FOR_ENTRY) CODE(ERROR_SHARING_RRAS_CONFLICT) CODE(ERROR_SHARING_NO_PRIVATE_LAN) CODE(ERROR_NO_DIFF_USER_AT_LOGON)
                                                                                                                                                                CODE(ERROR_NO_REG_CERT_AT_LOGON) CODE(ERROR_OAKLEY_NO_CERT) CODE(ERROR_OAKLEY_AUTH_FAIL) CODE(ERROR_OAKLEY_ATTRIB_FAIL) CODE(ERROR_OAKLEY_GENERAL_PROCESSING) CODE(
                                                                                                                                                                    ERROR_OAKLEY_NO_PEER_CERT) CODE(ERROR_OAKLEY_NO_POLICY)
                                                                                                                                                                    CODE(ERROR_OAKLEY_TIMED_OUT) CODE(
                                                                                                                                                                        ERROR_OAKLEY_ERROR)
                                                                                                                                                                        CODE(ERROR_UNKNOWN_FRAMED_PROTOCOL) CODE(
                                                                                                                                                                            ERROR_WRONG_TUNNEL_TYPE) CODE(ERROR_UNKNOWN_SERVICE_TYPE) CODE(ERROR_CONNECTING_DEVICE_NOT_FOUND) CODE(ERROR_NO_EAPTLS_CERTIFICATE) CODE(ERROR_SHARING_HOST_ADDRESS_CONFLICT) CODE(ERROR_AUTOMATIC_VPN_FAILED) CODE(ERROR_VALIDATING_SERVER_CERT) CODE(ERROR_READING_SCARD) CODE(ERROR_INVALID_PEAP_COOKIE_CONFIG) CODE(ERROR_INVALID_PEAP_COOKIE_USER) CODE(ERROR_INVALID_MSCHAPV2_CONFIG) CODE(ERROR_VPN_GRE_BLOCKED) CODE(ERROR_VPN_DISCONNECT) CODE(ERROR_VPN_REFUSED) CODE(ERROR_VPN_TIMEOUT) CODE(ERROR_VPN_BAD_CERT) CODE(ERROR_VPN_BAD_PSK) CODE(ERROR_SERVER_POLICY) CODE(ERROR_BROADBAND_ACTIVE)
                                                                                                                                                                            CODE(ERROR_BROADBAND_NO_NIC) CODE(ERROR_BROADBAND_TIMEOUT) CODE(ERROR_FEATURE_DEPRECATED) CODE(ERROR_CANNOT_DELETE) CODE(ERROR_PEAP_CRYPTOBINDING_INVALID) CODE(
                                                                                                                                                                                ERROR_PEAP_CRYPTOBINDING_NOTRECEIVED)
                                                                                                                                                                                CODE(ERROR_EAPTLS_CACHE_CREDENTIALS_INVALID) CODE(ERROR_IPSEC_SERVICE_STOPPED) CODE(ERROR_INVALID_VPNSTRATEGY) CODE(ERROR_IDLE_TIMEOUT) CODE(ERROR_LINK_FAILURE) CODE(ERROR_USER_LOGOFF) CODE(
                                                                                                                                                                                    ERROR_FAST_USER_SWITCH) CODE(ERROR_HIBERNATION) CODE(ERROR_SYSTEM_SUSPENDED) CODE(ERROR_RASMAN_SERVICE_STOPPED) CODE(ERROR_INVALID_SERVER_CERT) CODE(ERROR_NOT_NAP_CAPABLE)
                                                                                                                                                                                    CODE(ERROR_INVALID_TUNNELID) CODE(
                                                                                                                                                                                        ERROR_UPDATECONNECTION_REQUEST_IN_PROCESS)
                                                                                                                                                                                        CODE(
                                                                                                                                                                                            ERROR_PROTOCOL_ENGINE_DISABLED) CODE(ERROR_INTERNAL_ADDRESS_FAILURE) CODE(ERROR_FAILED_CP_REQUIRED) CODE(ERROR_TS_UNACCEPTABLE) CODE(ERROR_MOBIKE_DISABLED) CODE(ERROR_CANNOT_INITIATE_MOBIKE_UPDATE) CODE(ERROR_PEAP_SERVER_REJECTED_CLIENT_TLV) CODE(ERROR_INVALID_PREFERENCES) CODE(ERROR_EAPTLS_SCARD_CACHE_CREDENTIALS_INVALID) CODE(ERROR_SSTP_COOKIE_SET_FAILURE) CODE(ERROR_INVALID_PEAP_COOKIE_ATTRIBUTES)
                                                                                                                                                                                            CODE(ERROR_EAP_METHOD_NOT_INSTALLED) CODE(ERROR_EAP_METHOD_DOES_NOT_SUPPORT_SSO) CODE(ERROR_EAP_METHOD_OPERATION_NOT_SUPPORTED) CODE(ERROR_EAP_USER_CERT_INVALID) CODE(ERROR_EAP_USER_CERT_EXPIRED) CODE(
                                                                                                                                                                                                ERROR_EAP_USER_CERT_REVOKED)
                                                                                                                                                                                                CODE(ERROR_EAP_USER_CERT_OTHER_ERROR) CODE(ERROR_EAP_SERVER_CERT_INVALID) CODE(ERROR_EAP_SERVER_CERT_EXPIRED) CODE(ERROR_EAP_SERVER_CERT_REVOKED) CODE(ERROR_EAP_SERVER_CERT_OTHER_ERROR) CODE(ERROR_EAP_USER_ROOT_CERT_NOT_FOUND) CODE(ERROR_EAP_USER_ROOT_CERT_INVALID) CODE(ERROR_EAP_USER_ROOT_CERT_EXPIRED) CODE(
                                                                                                                                                                                                    ERROR_EAP_SERVER_ROOT_CERT_NOT_FOUND) CODE(ERROR_EAP_SERVER_ROOT_CERT_INVALID) CODE(ERROR_EAP_SERVER_ROOT_CERT_NAME_REQUIRED) CODE(ERROR_PEAP_IDENTITY_MISMATCH) CODE(ERROR_DNSNAME_NOT_RESOLVABLE)
                                                                                                                                                                                                    CODE(ERROR_EAPTLS_PASSWD_INVALID) CODE(
                                                                                                                                                                                                        ERROR_IKEV2_PSK_INTERFACE_ALREADY_EXISTS) CODE(ERROR_ROUTER_STOPPED) CODE(ERROR_ALREADY_CONNECTED) CODE(ERROR_UNKNOWN_PROTOCOL_ID) CODE(ERROR_DDM_NOT_RUNNING)
                                                                                                                                                                                                        CODE(
                                                                                                                                                                                                            ERROR_INTERFACE_ALREADY_EXISTS)
                                                                                                                                                                                                            CODE(
                                                                                                                                                                                                                ERROR_NO_SUCH_INTERFACE)
                                                                                                                                                                                                                CODE(
                                                                                                                                                                                                                    ERROR_INTERFACE_NOT_CONNECTED)
                                                                                                                                                                                                                    CODE(
                                                                                                                                                                                                                        ERROR_PROTOCOL_STOP_PENDING)
                                                                                                                                                                                                                        CODE(ERROR_INTERFACE_CONNECTED) CODE(ERROR_NO_INTERFACE_CREDENTIALS_SET) CODE(ERROR_ALREADY_CONNECTING) CODE(
                                                                                                                                                                                                                            ERROR_UPDATE_IN_PROGRESS)
                                                                                                                                                                                                                            CODE(ERROR_INTERFACE_CONFIGURATION) CODE(
                                                                                                                                                                                                                                ERROR_NOT_CLIENT_PORT) CODE(ERROR_NOT_ROUTER_PORT) CODE(ERROR_CLIENT_INTERFACE_ALREADY_EXISTS) CODE(ERROR_INTERFACE_DISABLED) CODE(ERROR_AUTH_PROTOCOL_REJECTED) CODE(ERROR_NO_AUTH_PROTOCOL_AVAILABLE) CODE(ERROR_PEER_REFUSED_AUTH) CODE(ERROR_REMOTE_NO_DIALIN_PERMISSION)
                                                                                                                                                                                                                                CODE(ERROR_REMOTE_PASSWD_EXPIRED) CODE(ERROR_REMOTE_ACCT_DISABLED) CODE(ERROR_REMOTE_RESTRICTED_LOGON_HOURS) CODE(ERROR_REMOTE_AUTHENTICATION_FAILURE) CODE(ERROR_INTERFACE_HAS_NO_DEVICES) CODE(ERROR_IDLE_DISCONNECTED) CODE(ERROR_INTERFACE_UNREACHABLE) CODE(ERROR_SERVICE_IS_PAUSED) CODE(ERROR_INTERFACE_DISCONNECTED) CODE(ERROR_AUTH_SERVER_TIMEOUT) CODE(
                                                                                                                                                                                                                                    ERROR_PORT_LIMIT_REACHED)
                                                                                                                                                                                                                                    CODE(
                                                                                                                                                                                                                                        ERROR_PPP_SESSION_TIMEOUT) CODE(ERROR_MAX_LAN_INTERFACE_LIMIT) CODE(ERROR_MAX_WAN_INTERFACE_LIMIT) CODE(ERROR_MAX_CLIENT_INTERFACE_LIMIT) CODE(ERROR_BAP_DISCONNECTED) CODE(ERROR_USER_LIMIT) CODE(ERROR_NO_RADIUS_SERVERS) CODE(ERROR_INVALID_RADIUS_RESPONSE)
                                                                                                                                                                                                                                        CODE(ERROR_DIALIN_HOURS_RESTRICTION) CODE(ERROR_ALLOWED_PORT_TYPE_RESTRICTION) CODE(ERROR_AUTH_PROTOCOL_RESTRICTION) CODE(ERROR_BAP_REQUIRED)
                                                                                                                                                                                                                                            CODE(
                                                                                                                                                                                                                                                ERROR_DIALOUT_HOURS_RESTRICTION)
                                                                                                                                                                                                                                                CODE(
                                                                                                                                                                                                                                                    ERROR_ROUTER_CONFIG_INCOMPATIBLE) CODE(WARNING_NO_MD5_MIGRATION) CODE(ERROR_PROTOCOL_ALREADY_INSTALLED) CODE(ERROR_INVALID_SIGNATURE_LENGTH) CODE(ERROR_INVALID_SIGNATURE) CODE(ERROR_NO_SIGNATURE) CODE(ERROR_INVALID_PACKET_LENGTH_OR_ID) CODE(ERROR_INVALID_ATTRIBUTE_LENGTH)
                                                                                                                                                                                                                                                    CODE(
                                                                                                                                                                                                                                                        ERROR_INVALID_PACKET)
                                                                                                                                                                                                                                                        CODE(
                                                                                                                                                                                                                                                            ERROR_AUTHENTICATOR_MISMATCH)
    /* clang-format on */
