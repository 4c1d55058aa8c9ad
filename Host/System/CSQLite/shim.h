#include <sqlite3.h>

/* Switches a SQLITE_DBCONFIG_... option on (1) or off (0); Swift cannot call the variadic sqlite3_db_config. */
static inline int wharf_sqlite3_switch(sqlite3 *connection, int option, int on) {
  return sqlite3_db_config(connection, option, on, (int *)0);
}
