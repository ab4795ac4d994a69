/* What a worker does with what is stored: of its link, and of an interface that comes and goes. */
#include "service/kills/stored.h"
#include "service/kills/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct fact *fact_of(struct worker *w, enum fact_kind kind)
{
    return &w->slot->facts[kind];
}

/* After an answer: it is there; after none, one of both is. */
static void settle(struct worker *w, enum fact_kind kind, BOOL done)
{
    if (done) fact_end(fact_of(w, kind));
    worker_look(w, kind);
}

/* ---- of the link ----------------------------------------------------------------------------- */

void deed_number(struct worker *w)
{
    struct fact *fact = fact_of(w, FACT_NUMBER);
    struct span s = span_begin();
    HANDLE handle = worker_find(w, &s, w->names.link);
    MPR_INTERFACE_2 *info = NULL;

    if (!handle ||
        !span_done(w, &s, CALL(w, MprAdminInterfaceGetInfo(w->server, handle, 2, (BYTE **)&info))))
        return;
    fact_begin(fact, fact->now + 1);
    stored_fill_number(info, fact->next);
    settle(w, FACT_NUMBER,
           span_done(w, &s, CALL(w, MprAdminInterfaceSetInfo(w->server, handle, 2, (BYTE *)info))));
    MprAdminBufferFree(info);
}

void deed_user(struct worker *w)
{
    struct fact *fact = fact_of(w, FACT_USER);
    WCHAR text[16];
    DWORD status;

    fact_begin(fact, fact->now + 1);
    _snwprintf(text, 16, L"%ld", fact->next);
    status = CALL(w, MprAdminInterfaceSetCredentials(NULL, w->names.link, text, text, text));
    EXPECT(w, status == NO_ERROR, "status %lu", status);
    settle(w, FACT_USER, TRUE);
}

LONG deed_read_eap(struct worker *w)
{
    for (;;) {
        struct span s = span_begin();
        HANDLE handle = worker_find(w, &s, w->names.link);
        MPR_CREDENTIALSEX_1 *c = NULL;
        LONG twice[2] = {0, -1};

        if (!handle || !span_done(w, &s,
                                  CALL(w, MprAdminInterfaceGetCredentialsEx(w->server, handle, 0,
                                                                            (BYTE **)&c))))
            continue;
        if (c->dwSize == sizeof(twice)) memcpy(twice, c->lpbCredentialsInfo, sizeof(twice));
        EXPECT(w, twice[1] == ~twice[0] && (!c->dwSize || c->dwSize == sizeof(twice)),
               "half of the data, %lu", c->dwSize);
        MprAdminBufferFree(c);
        return twice[0];
    }
}

void deed_eap(struct worker *w)
{
    struct fact *fact = fact_of(w, FACT_EAP);
    struct span s = span_begin();
    HANDLE handle = worker_find(w, &s, w->names.link);
    LONG twice[2] = {fact->now + 1, ~(fact->now + 1)};
    MPR_CREDENTIALSEX_1 c = {.dwSize = sizeof(twice), .lpbCredentialsInfo = (BYTE *)twice};

    if (!handle) return;
    fact_begin(fact, twice[0]);
    settle(w, FACT_EAP,
           span_done(w, &s,
                     CALL(w, MprAdminInterfaceSetCredentialsEx(w->server, handle, 0, (BYTE *)&c))));
}

void deed_block(struct worker *w)
{
    struct fact *fact = fact_of(w, FACT_BLOCK);
    struct span s = span_begin();
    HANDLE handle = worker_find(w, &s, w->names.link);
    LPVOID block = stored_make_block(fact->now + 1);

    if (handle) {
        fact_begin(fact, fact->now + 1);
        settle(w, FACT_BLOCK,
               span_done(w, &s,
                         CALL(w, MprAdminInterfaceTransportSetInfo(w->server, handle, PID_IP, block,
                                                                   MprInfoBlockQuerySize(block)))));
    }
    MprInfoDelete(block);
}

static DWORD store_block(struct worker *w, const WCHAR *name, DWORD transport, LONG number)
{
    LPVOID block = stored_make_block(number);
    DWORD size = MprInfoBlockQuerySize(block), status;
    HANDLE stored = NULL, handle = NULL;

    status = CALL(w, MprConfigInterfaceGetHandle(w->config, (WCHAR *)(ULONG_PTR)name, &stored));
    EXPECT(w, status == NO_ERROR, "status %lu", status);
    if (CALL(w, MprConfigInterfaceTransportGetHandle(w->config, stored, transport, &handle)))
        status = CALL(w, MprConfigInterfaceTransportAdd(w->config, stored, transport, NULL, block,
                                                        size, &handle));
    else
        status =
            CALL(w, MprConfigInterfaceTransportSetInfo(w->config, stored, handle, block, size));
    MprInfoDelete(block);
    return status;
}

void deed_own_block(struct worker *w)
{
    struct fact *fact = fact_of(w, FACT_OWN_BLOCK);
    DWORD status;

    fact_begin(fact, fact->now + 1);
    status = store_block(w, w->names.link, PID_IPV6, fact->next);
    EXPECT(w, status == NO_ERROR, "status %lu", status);
    settle(w, FACT_OWN_BLOCK, TRUE);
}

/* ---- the extra interface --------------------------------------------------------------------- */

static MPR_INTERFACE_2 extra_info(struct worker *w, LONG number)
{
    MPR_INTERFACE_2 info = {.fEnabled = TRUE,
                            .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER,
                            .dwType = MPRET_Vpn,
                            .dwfNetProtocols = MPRNP_Ip,
                            .dwEncryptionType = MPR_ET_Optional,
                            .dwDialMode = MPRDM_DialAll};

    wcscpy(info.wszInterfaceName, w->names.extra);
    wcscpy(info.szDeviceType, L"vpn");
    wcscpy(info.szDeviceName, L"Tunnel");
    stored_fill_number(&info, number);
    return info;
}

/* Its entry comes first, so an entry without interface may be left, and is then written anew. */
void deed_extra_make(struct worker *w)
{
    struct fact *fact = fact_of(w, FACT_EXTRA_ENTRY);
    MPR_INTERFACE_2 info = extra_info(w, fact->now + 1);
    struct span s = span_begin();
    HANDLE handle = NULL;
    DWORD status;

    fact_begin(fact, fact->now + 1);
    status = CALL(w, MprAdminInterfaceCreate(w->server, 2, (BYTE *)&info, &handle));
    if (status == ERROR_INTERFACE_ALREADY_EXISTS) {
        EXPECT(w, fact->now != 0, "it exists without an entry");
        fact_begin(fact, fact->now);
        settle(w, FACT_EXTRA_ENTRY, TRUE);
        return;
    }
    settle(w, FACT_EXTRA_ENTRY, span_done(w, &s, status));
}

void deed_extra_store(struct worker *w)
{
    struct fact *key = fact_of(w, FACT_EXTRA_KEY);
    MPR_INTERFACE_0 info = {.fEnabled = TRUE, .dwIfType = ROUTER_IF_TYPE_FULL_ROUTER};
    HANDLE stored = NULL;
    DWORD status;

    if (key->now || !fact_of(w, FACT_EXTRA_ENTRY)->now) return;
    wcscpy(info.wszInterfaceName, w->names.extra);
    fact_begin(key, 1);
    status = CALL(w, MprConfigInterfaceCreate(w->config, 0, (BYTE *)&info, &stored));
    EXPECT(w, status == NO_ERROR, "status %lu", status);
    settle(w, FACT_EXTRA_KEY, TRUE);
    w->key_as_of = InterlockedOr(&scene->kills_begun, 0);
    fact_begin(key, 2);
    status = store_block(w, w->names.extra, PID_IP, 1);
    EXPECT(w, status == NO_ERROR, "status %lu", status);
    settle(w, FACT_EXTRA_KEY, TRUE);
}

void deed_extra_forget(struct worker *w)
{
    struct fact *key = fact_of(w, FACT_EXTRA_KEY);
    HANDLE stored = NULL;
    DWORD status;

    if (!key->now) return;
    status = CALL(w, MprConfigInterfaceGetHandle(w->config, w->names.extra, &stored));
    EXPECT(w, status == NO_ERROR, "status %lu", status);
    fact_begin(key, 0);
    status = CALL(w, MprConfigInterfaceDelete(w->config, stored));
    EXPECT(w, status == NO_ERROR, "status %lu", status);
    settle(w, FACT_EXTRA_KEY, TRUE);
}

/* The extra one's handle; NULL: there is none, or a kill is the reason (*known is then FALSE). */
static HANDLE find_extra(struct worker *w, const struct span *s, BOOL *known)
{
    HANDLE handle = NULL;
    DWORD status = CALL(w, MprAdminInterfaceGetHandle(w->server, w->names.extra, &handle, FALSE));

    *known = status == ERROR_NO_SUCH_INTERFACE || span_done(w, s, status);
    return handle;
}

/* Made anew, with the same number, when only the entry was left. */
static HANDLE find_or_make_extra(struct worker *w, const struct span *s)
{
    MPR_INTERFACE_2 info = extra_info(w, fact_of(w, FACT_EXTRA_ENTRY)->now);
    BOOL known;
    HANDLE handle = find_extra(w, s, &known);

    if (handle || !known) return handle;
    return span_done(w, s, CALL(w, MprAdminInterfaceCreate(w->server, 2, (BYTE *)&info, &handle)))
               ? handle
               : NULL;
}

/* Not while it has a key: with that the next router would have it again. */
void deed_extra_delete(struct worker *w)
{
    struct fact *fact = fact_of(w, FACT_EXTRA_ENTRY);
    struct span s = span_begin();
    HANDLE handle;

    if (!fact->now || fact_of(w, FACT_EXTRA_KEY)->now) return;
    handle = find_or_make_extra(w, &s);
    if (!handle) return;
    fact_begin(fact, 0);
    settle(w, FACT_EXTRA_ENTRY,
           span_done(w, &s, CALL(w, MprAdminInterfaceDelete(w->server, handle))));
}

/* A router that began when it had a key has it; without an entry nobody has. */
void deed_extra_look(struct worker *w)
{
    struct span s = span_begin();
    BOOL known;
    HANDLE handle = find_extra(w, &s, &known);

    if (!known || !span_is_quiet(&s)) return;
    if (fact_of(w, FACT_EXTRA_KEY)->now && s.killed > w->key_as_of)
        EXPECT(w, handle, "it has a key since before %ld kills", s.killed - w->key_as_of);
    if (!fact_of(w, FACT_EXTRA_ENTRY)->now) EXPECT(w, !handle, "nobody has made it");
    worker_look(w, FACT_EXTRA_ENTRY);
    worker_look(w, FACT_EXTRA_KEY);
}
