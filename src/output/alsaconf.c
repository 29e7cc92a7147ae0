/* Measured on Debian 12 with libasound2-plugins: Pa_Initialize 36 ms, of which the encoder "a52"
 * takes 20 (it loads libavcodec with some hundred libraries) and "jack" 6 (JACK is reached by
 * PortAudio itself); without them 13.
 *
 * libasound keeps its configuration in the process and reads it anew only when the files change,
 * so what is taken out before Pa_Initialize() stays out. It is reached by dlsym(): PortAudio
 * has loaded it, or there is none. */
#include "output/alsaconf.h"

#include "base/buf.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

/* Types of libasound's, opaque here. */
struct node;
struct place;

static const char *const costly[] = {"a52", "jack"};

/* libasound's functions on its configuration, in the order of function_names. */
struct alsa {
    struct node **top;
    int (*update)(void);
    int (*search)(struct node *node, const char *key, struct node **found);
    int (*delete)(struct node *node);
    int (*get_id)(const struct node *node, const char **id);
    int (*get_string)(const struct node *node, const char **text);
    int (*get_type)(const struct node *node);
    struct place *(*first)(const struct node *node);
    struct place *(*next)(const struct place *place);
    struct place *(*end)(const struct node *node);
    struct node *(*entry)(const struct place *place);
};

static const char *const function_names[] = {
    "snd_config",
    "snd_config_update",
    "snd_config_search",
    "snd_config_delete",
    "snd_config_get_id",
    "snd_config_get_string",
    "snd_config_get_type",
    "snd_config_iterator_first",
    "snd_config_iterator_next",
    "snd_config_iterator_end",
    "snd_config_iterator_entry",
};

enum { TYPE_STRING = 3, TYPE_COMPOUND = 1024 }; /* SND_CONFIG_TYPE_... */

static bool find_alsa(struct alsa *alsa)
{
    void *found[WSP_LEN(function_names)];
    _Static_assert(sizeof found == sizeof *alsa, "a name for every function");
    for (size_t i = 0; i < WSP_LEN(function_names); i++) {
        found[i] = dlsym(RTLD_DEFAULT, function_names[i]);
        if (!found[i])
            return false;
    }
    memcpy(alsa, found, sizeof found);
    return true;
}

/* Does anything below `node` refer to `id`? ("a52", "a52:..." and "plug:a52" all do. A chance
 * likeness only keeps what could have gone.) */
static bool refers(const struct alsa *alsa, struct node *node, const char *id)
{
    const char *text;
    if (alsa->get_type(node) == TYPE_STRING)
        return alsa->get_string(node, &text) == 0 && text && strstr(text, id);
    if (alsa->get_type(node) != TYPE_COMPOUND)
        return false;
    struct place *end = alsa->end(node);
    for (struct place *at = alsa->first(node); at != end; at = alsa->next(at))
        if (refers(alsa, alsa->entry(at), id))
            return true;
    return false;
}

static bool is_referred_to(const struct alsa *alsa, struct node *list, const char *id)
{
    const char *other;
    struct place *end = alsa->end(list);
    for (struct place *at = alsa->first(list); at != end; at = alsa->next(at)) {
        struct node *node = alsa->entry(at);
        if (alsa->get_id(node, &other) == 0 && strcmp(other, id) != 0 && refers(alsa, node, id))
            return true;
    }
    return false;
}

void wsp_alsa_shorten_list(void)
{
    struct alsa alsa;
    struct node *list, *node;
    if (!find_alsa(&alsa) || alsa.update() < 0 || alsa.search(*alsa.top, "pcm", &list) < 0)
        return;
    for (size_t i = 0; i < WSP_LEN(costly); i++)
        if (alsa.search(list, costly[i], &node) == 0 && !is_referred_to(&alsa, list, costly[i]))
            alsa.delete(node);
}
