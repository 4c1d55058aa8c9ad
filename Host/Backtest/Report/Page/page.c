#include "page.h"

static const unsigned char style[] = {
#embed "style.css"
};

/* One function: open.js begins it, close.js ends it, the files between share its names. */
static const unsigned char script[] = {
#embed "script/open.js"
    ,
#embed "script/text.js"
    ,
#embed "script/data.js"
    ,
#embed "script/axes.js"
    ,
#embed "script/view.js"
    ,
#embed "script/panels.js"
    ,
#embed "script/price.js"
    ,
#embed "script/charts.js"
    ,
#embed "script/pointer.js"
    ,
#embed "script/results.js"
    ,
#embed "script/table.js"
    ,
#embed "script/close.js"
};

const unsigned char *report_page_style(size_t *length) {
  *length = sizeof style;
  return style;
}

const unsigned char *report_page_script(size_t *length) {
  *length = sizeof script;
  return script;
}
