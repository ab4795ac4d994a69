/* The router's own process: what mprsvc.exe (src/service) runs in this DLL. */
#ifndef MPR_API_SERVE_PROCESS_H
#define MPR_API_SERVE_PROCESS_H

/* serve_process is exported by this number, without a name (mprapi.def). */
#define SERVE_PROCESS_ORDINAL 1000

enum serve_process_flags {
    SERVE_PROCESS_STAY = 1 /* it does not end by itself */
};
enum serve_process_result {
    SERVE_PROCESS_ENDED = 0,
    SERVE_PROCESS_OTHER = 3, /* another process is the router of this machine */
    SERVE_PROCESS_FAILED = 4 /* the log says why */
};

typedef int serve_process_fn(unsigned flags);

/* Is the router of this machine for all programs that work with a shared one, and returns when it
 * may end, with the router ended: when for RouterIdle seconds (win32/store/router_place.h) no
 * client was connected and nothing would be lost (router_would_lose). A program of its own calls
 * it, once. */
serve_process_fn serve_process;

#endif
