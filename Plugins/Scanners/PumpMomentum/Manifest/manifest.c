extern int wharf_manifest_stub;
