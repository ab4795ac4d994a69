/* Doubly linked lists of LIST_ENTRY, which rtutils.h hands to its callers: the head is an entry
 * that belongs to nothing. An entry in no list is linked to itself. */
#ifndef MPR_RTUTILS_WAIT_LIST_H
#define MPR_RTUTILS_WAIT_LIST_H

#include <stdbool.h>
#include <windows.h>

static inline void wait_list_init(LIST_ENTRY *entry)
{
    entry->Flink = entry->Blink = entry;
}

static inline bool wait_list_is_empty(const LIST_ENTRY *head)
{
    return head->Flink == head;
}

static inline void wait_list_insert_before(LIST_ENTRY *place, LIST_ENTRY *entry)
{
    entry->Flink = place;
    entry->Blink = place->Blink;
    place->Blink->Flink = entry;
    place->Blink = entry;
}

static inline void wait_list_remove(LIST_ENTRY *entry)
{
    entry->Blink->Flink = entry->Flink;
    entry->Flink->Blink = entry->Blink;
    wait_list_init(entry);
}

#endif
