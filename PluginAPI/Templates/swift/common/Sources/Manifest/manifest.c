#include <wharf/plugin.h>

WHARF_MANIFEST_SECTION static const unsigned char manifest[] = {
#embed "manifest.json"
};
WHARF_BUILD_IDENTITY;
