/* The records that consist of 32-bit numbers. */
#include "hostroutes/message.h"

bool hr_error_read(struct reader *r, struct hr_error *ret)
{
    ret->index = rd_le32(r);
    ret->error = rd_le32(r);
    return !r->failed;
}

void hr_error_write(struct writer *w, const struct hr_error *e)
{
    wr_le32(w, e->index);
    wr_le32(w, e->error);
}

bool hr_ready_read(struct reader *r, struct hr_ready *ret)
{
    ret->protocol = rd_le32(r);
    ret->table = rd_le32(r);
    ret->found = rd_le32(r);
    return !r->failed;
}

void hr_ready_write(struct writer *w, const struct hr_ready *v)
{
    wr_le32(w, v->protocol);
    wr_le32(w, v->table);
    wr_le32(w, v->found);
}

bool hr_failure_read(struct reader *r, struct hr_failure *ret)
{
    ret->reason = rd_le32(r);
    ret->error = rd_le32(r);
    return !r->failed;
}

void hr_failure_write(struct writer *w, const struct hr_failure *v)
{
    wr_le32(w, v->reason);
    wr_le32(w, v->error);
}

bool hr_owner_read(struct reader *r, struct hr_owner *ret)
{
    ret->process = rd_le32(r);
    return !r->failed;
}

void hr_owner_write(struct writer *w, const struct hr_owner *v)
{
    wr_le32(w, v->process);
}

bool hr_snapshot_read(struct reader *r, struct hr_snapshot *ret)
{
    ret->cause = rd_le32(r);
    return !r->failed;
}

void hr_snapshot_write(struct writer *w, const struct hr_snapshot *v)
{
    wr_le32(w, v->cause);
}

bool hr_restored_read(struct reader *r, struct hr_restored *ret)
{
    ret->restored = rd_le32(r);
    ret->missing = rd_le32(r);
    ret->error = rd_le32(r);
    ret->removed = rd_le32(r);
    return !r->failed;
}

void hr_restored_write(struct writer *w, const struct hr_restored *v)
{
    wr_le32(w, v->restored);
    wr_le32(w, v->missing);
    wr_le32(w, v->error);
    wr_le32(w, v->removed);
}

bool hr_forwarding_read(struct reader *r, struct hr_forwarding *ret)
{
    ret->ipv4 = rd_le32(r);
    ret->ipv6 = rd_le32(r);
    ret->switched = rd_le32(r);
    return !r->failed;
}

void hr_forwarding_write(struct writer *w, const struct hr_forwarding *v)
{
    wr_le32(w, v->ipv4);
    wr_le32(w, v->ipv6);
    wr_le32(w, v->switched);
}
