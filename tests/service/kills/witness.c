#include "service/kills/witness.h"

enum { WITNESS_PATIENCE_MS = 90000 };

static DWORD WINAPI watch(void *parameter)
{
    struct witness *w = parameter;
    HANDLE both[2] = {w->event, w->stop};

    while (WaitForMultipleObjects(2, both, FALSE, INFINITE) == WAIT_OBJECT_0) {
        InterlockedIncrement(&w->signals);
        SetEvent(w->counted);
    }
    return 0;
}

bool witness_begin(struct witness *w)
{
    w->signals = 0;
    w->event = CreateEventW(NULL, FALSE, FALSE, NULL);
    w->stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    w->counted = CreateEventW(NULL, FALSE, FALSE, NULL);
    w->thread = CreateThread(NULL, 0, watch, w, 0, NULL);
    return w->event && w->stop && w->counted && w->thread;
}

void witness_end(struct witness *w)
{
    SetEvent(w->stop);
    WaitForSingleObject(w->thread, INFINITE);
    if (WaitForSingleObject(w->event, 0) == WAIT_OBJECT_0) w->signals++;
    CloseHandle(w->thread);
    CloseHandle(w->counted);
    CloseHandle(w->stop);
    CloseHandle(w->event);
}

bool witness_wait(struct witness *w, LONG count)
{
    const ULONGLONG until = GetTickCount64() + WITNESS_PATIENCE_MS;

    while (w->signals < count) {
        const ULONGLONG now = GetTickCount64();

        if (now >= until) return false;
        WaitForSingleObject(w->counted, (DWORD)(until - now));
    }
    return w->signals == count;
}
