/* The style and the script of a report; the same in every one. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include <stddef.h>

/* UTF-8 with static lifetime, not NUL-terminated; the length goes to *length. */
const unsigned char *_Nonnull report_page_style(size_t *_Nonnull length);
const unsigned char *_Nonnull report_page_script(size_t *_Nonnull length);

#endif
