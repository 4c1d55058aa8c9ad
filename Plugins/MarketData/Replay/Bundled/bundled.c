#include "bundled.h"

static const unsigned char ixic[] = {
#embed "IXIC.csv.gz"
};
static const unsigned char spx[] = {
#embed "SPX.csv.gz"
};

const unsigned char *replay_bundled_file(size_t index, const char **symbol, size_t *length) {
  switch (index) {
  case 0:
    *symbol = "IXIC";
    *length = sizeof ixic;
    return ixic;
  case 1:
    *symbol = "SPX";
    *length = sizeof spx;
    return spx;
  default:
    return NULL;
  }
}
