/* The random moves of four clients and the router, made in the model, too. */
#ifndef TESTS_UNIT_RTMV2_GAME_H
#define TESTS_UNIT_RTMV2_GAME_H

#include "unit/rtmv2/model.h"

#define HELD 300u

struct held {
    unsigned client;
    enum rtmv2_kind kind;
    handle_t32 handle;
};

/* A registration for changes, and what its client saw last. */
struct watcher {
    handle_t32 handle;
    uint32_t views, type;
    bool told;
    bool touched[PREFIXES]; /* since it has fetched that, by a client in its views; by anything */
    bool moved[PREFIXES];
    struct model_route seen[PREFIXES][RTMV2_VIEWS]; /* the best route then; born 0: none */
};

struct game {
    struct world w;
    struct model m;
    struct watcher watchers[CLIENTS];
    struct held held[HELD];
    size_t held_count;
};

void random_begin(uint32_t seed);
uint32_t random_below(uint32_t n);
const struct rtm_prefix *prefix_of(unsigned number);
/* References that are released at some time. */
void keep(struct game *g, unsigned client, enum rtmv2_kind kind, handle_t32 handle);
void let_go(struct game *g, size_t i);
/* As many live handles as different ones are held. */
void check_references(const struct game *g);
void game_move(struct game *g);

#endif
