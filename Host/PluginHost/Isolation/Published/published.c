#include "published.h"

static const unsigned char description[] = {
#embed "../../../../PluginAPI/include/wharf/abi.json"
};

const unsigned char *published_abi(size_t *length) {
  *length = sizeof description;
  return description;
}
