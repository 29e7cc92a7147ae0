/* --list-voices and --list-devices, on standard output. */
#ifndef WSP_APP_LIST_H
#define WSP_APP_LIST_H

#include "base/error.h"

enum wsp_status wsp_list_voices(const char *const *folders, size_t n_folders,
                                struct wsp_error *err);
enum wsp_status wsp_list_devices(const char *program, struct wsp_error *err);

#endif
