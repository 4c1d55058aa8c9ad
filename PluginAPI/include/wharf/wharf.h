/* All published headers of the Wharf plugin ABI, version 1.1. Drafts are in draft/ and are not included. */
#ifndef WHARF_H
#define WHARF_H

#include "base.h"
#include "broker.h"
#include "host.h"
#include "http.h"
#include "market.h"
#include "market_data.h"
#include "notifier.h"
#include "plugin.h"
#include "process.h"
#include "scanner.h"
#include "strategy.h"

#endif
