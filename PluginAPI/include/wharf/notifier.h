/* Notifiers: carry the host's messages to people. Table "wharf.notifier/1". */
#ifndef WHARF_NOTIFIER_H
#define WHARF_NOTIFIER_H

#include "base.h"

enum { WHARF_SEVERITY_INFO = 1, WHARF_SEVERITY_WARNING = 2, WHARF_SEVERITY_ALARM = 3 };

typedef struct wharf_notification_v1 {
  uint32_t struct_size;
  int32_t severity; /* WHARF_SEVERITY_... */
  int64_t time;
  const char *topic; /* "signal", "fill", "breaker", "observation", "summary", "security" */
  uint64_t topic_length;
  const char *title; /* one line */
  uint64_t title_length;
  const char *text; /* zero or more lines */
  uint64_t text_length;
} wharf_notification;

typedef struct wharf_notifier_v1 {
  uint32_t struct_size;
  uint32_t reserved;

  /* Makes an instance and reads its options. Since 1.0. [serial] */
  wharf_status (*create)(const wharf_host *host, wharf_instance **out_instance);

  /* Delivers one message. notification in. Returns WHARF_OK; WHARF_E_BUSY to be offered it once more; WHARF_E_IO when it
   * could not be delivered (the host records that). May block. Since 1.0. [serial] */
  wharf_status (*notify)(wharf_instance *instance, const wharf_notification *notification);

  /* Ends the instance and frees all it owns. Since 1.0. [serial] */
  void (*destroy)(wharf_instance *instance);
} wharf_notifier;

#endif
