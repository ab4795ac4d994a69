#include "win32/rtm/rtm_functions.h"

#define ROW(name, parameters) [RTM_CALL_##name] = (rtm_call *)rtm_##name,

const struct rtm_calls rtm_functions = {.count = RTM_CALL_COUNT, .call = {RTM_CALLS(ROW)}};
