int wharf_plugin_entry(void){return 0;}
