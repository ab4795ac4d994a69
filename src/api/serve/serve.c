#include "api/serve/serve.h"

#include "api/serve/serve_call.h"

const struct carrier_handler serve_handler = {
    .client_begin = serve_client_begin,
    .client_end = serve_client_end,
    .open = serve_session_open,
    .close = serve_session_close,
    .call = serve_run,
};
