/* What mprsvc.exe (src/service) runs in this DLL: the router's own process, and what goes with it.
 */
#ifndef MPR_API_SERVE_PROCESS_H
#define MPR_API_SERVE_PROCESS_H

/* serve_process is exported by this number, without a name (mprapi.def). */
#define SERVE_PROCESS_ORDINAL 1000

enum serve_process_task {
    SERVE_PROCESS_DEMAND = 0, /* the router, until nobody needs it; not while it is stopped */
    SERVE_PROCESS_STAY = 1,   /* the router, until it is told to end */
    SERVE_PROCESS_SERVICE,    /* the service: serve_service.h */
    SERVE_PROCESS_STOP,       /* ends the router that runs, and waits for that */
    SERVE_PROCESS_REGISTER,   /* makes the service's entry (win32/store/service_entry.h) */
    SERVE_PROCESS_UNREGISTER  /* ends the router, takes the entry away */
};
enum serve_process_result {
    SERVE_PROCESS_ENDED = 0,
    SERVE_PROCESS_OTHER = 3,  /* another process is the router of this machine */
    SERVE_PROCESS_FAILED = 4, /* the log says why */
    SERVE_PROCESS_STOPPED = 5 /* an administrator has stopped the router */
};

typedef int serve_process_fn(unsigned task);

/* As the router: is that of this machine for all programs that work with a shared one, and returns
 * with the router ended: when it may (for RouterIdle seconds, win32/store/router_place.h, no client
 * was connected, nothing would be lost, and no administrator has started it) or when it is told to
 * (win32/carrier/control.h; Ctrl+C and the like). Then links are taken down first, and calls that
 * wait end with ST_ROUTER_STOPPED or ST_INTERFACE_DISCONNECTED. It has the service's entry, if
 * there is one, running while it runs.
 *
 * A program of its own calls it, once. */
serve_process_fn serve_process;

#endif
