/* What one set of headers says of the names that both sets have. */
#ifndef ABI_SHARED_H
#define ABI_SHARED_H

struct shared_fact {
    const char *name;
    unsigned long long value; /* of a constant; octets of a structure; offset of a member */
};

/* Both are in the order of the list, one behind the other, and end with a NULL name. */
extern const struct shared_fact shared_facts_sdk[], shared_facts_wine[];

#endif
