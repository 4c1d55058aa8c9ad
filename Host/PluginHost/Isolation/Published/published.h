/* The description of the published ABI, as it lies beside the headers. */
#ifndef PUBLISHED_ABI_H
#define PUBLISHED_ABI_H

#include <stddef.h>

/* JSON in UTF-8 with static lifetime, not NUL-terminated; the length goes to *length. */
const unsigned char *_Nonnull published_abi(size_t *_Nonnull length);

#endif
