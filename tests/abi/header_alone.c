/* mprapi_ext.h needs nothing before it but itself, at every Windows version, in C and C++. */
#include <mprapi_ext.h>

DWORD header_alone(const MPR_SERVER_EX0 *server);

DWORD header_alone(const MPR_SERVER_EX0 *server)
{
    return server->dwUpTime;
}
