#include "sim/mib/mib_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

void mib_open(struct mib_test *m)
{
    memset(m, 0, sizeof(*m));
    rm_open(&m->t);
}

void mib_close(struct mib_test *m)
{
    blob_free(&m->ask.out);
    mib_rows_free(&m->host);
    rm_close(&m->t);
}

mpr_status mib_raw(struct mib_test *m, enum mib_op op, uint32_t transport, uint32_t routing_pid,
                   const void *in, size_t in_size)
{
    mpr_status status;

    blob_free(&m->ask.out);
    m->ask = (struct mib_ask){.op = op,
                              .transport = transport,
                              .routing_pid = routing_pid,
                              .in = in,
                              .in_size = in_size,
                              .walk = m->ask.walk,
                              .out = {(uint8_t *)m, 0xdead}};
    if (router_mib_source(&m->ask) == m->host.source) m->ask.host = &m->host;
    status = router_mib(m->t.r, &m->ask, NULL);
    if (status != ST_OK) assert_true(!m->ask.out.data && !m->ask.out.size);
    return status;
}

mpr_status mib_query(struct mib_test *m, enum mib_op op, uint32_t id, const uint32_t *index,
                     size_t count)
{
    uint8_t in[4 + 4 * 8];
    struct writer w;

    writer_init(&w, in, sizeof(in));
    wr_le32(&w, id);
    for (size_t n = 0; n < count; n++) wr_le32(&w, index[n]);
    return mib_raw(m, op, TRANSPORT_IP, MIB_PID_MANAGER, in, w.used);
}

mpr_status mib_change_raw(struct mib_test *m, enum mib_op op, uint32_t id, const void *data,
                          size_t size)
{
    uint8_t in[1024];
    struct writer w;

    writer_init(&w, in, sizeof(in));
    wr_le32(&w, id);
    wr_le32(&w, 0xDEADBEEF);
    wr_bytes(&w, data, size);
    assert_false(w.failed);
    return mib_raw(m, op, TRANSPORT_IP, MIB_PID_MANAGER, in, w.used);
}

mpr_status mib_put_route(struct mib_test *m, enum mib_op op, const struct route_row *row)
{
    uint8_t data[64] = {0};

    assert_int_equal(route_rows_encode(ROUTE_LAYOUT_2003, row, 1, data), ST_OK);
    memset(data + 56, 0x55, 8); /* preference and view set are the router's */
    return mib_change_raw(m, op, 31, data, sizeof(data));
}

size_t mib_size(const struct mib_test *m)
{
    assert_true(m->ask.out.size >= 8);
    return m->ask.out.size - 8;
}

uint32_t mib_dword(const struct mib_test *m, size_t offset)
{
    struct reader r;

    reader_init(&r, m->ask.out.data, m->ask.out.size);
    rd_skip(&r, 8 + offset);
    offset = rd_le32(&r);
    assert_false(r.failed);
    return (uint32_t)offset;
}

uint32_t net(uint32_t address)
{
    return address >> 24 | (address >> 8 & 0xFF00u) | (address << 8 & 0xFF0000u) | address << 24;
}

void mib_host_add(struct mib_test *m, enum mib_source source, const uint32_t *dwords, size_t count)
{
    size_t size = mib_row_size(source);
    uint8_t *grown = mem_alloc((m->host.count + 1) * size);
    struct writer w;

    assert_non_null(grown);
    assert_true(m->host.source == MIB_SOURCE_NONE || m->host.source == source);
    if (m->host.count) memcpy(grown, m->host.data, m->host.count * size);
    mem_free(m->host.data);
    writer_init(&w, grown + m->host.count * size, size);
    for (size_t n = 0; n < count; n++) wr_le32(&w, dwords[n]);
    assert_false(w.failed);
    m->host = (struct mib_rows){source, grown, m->host.count + 1};
}

void mib_host_ready(struct mib_test *m)
{
    struct mib_map map;

    assert_int_equal(router_mib_map(m->t.r, &map), ST_OK);
    assert_int_equal(mib_rows_prepare(&m->host, &map), ST_OK);
    mib_map_free(&map);
}
