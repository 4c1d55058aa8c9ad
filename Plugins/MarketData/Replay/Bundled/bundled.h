/* The history that ships inside the plugin; SOURCE.md says where it comes from. */
#ifndef REPLAY_BUNDLED_H
#define REPLAY_BUNDLED_H

#include <stddef.h>

/* The gzip file of one bundled symbol, or null when index is past the last. symbol is NUL-terminated; both have static
 * lifetime. */
const unsigned char *replay_bundled_file(size_t index, const char **symbol, size_t *length);

#endif
