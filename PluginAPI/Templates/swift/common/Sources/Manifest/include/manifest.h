/* Nothing to declare: the manifest is found by its section. */
