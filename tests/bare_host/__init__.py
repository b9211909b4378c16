"""A host as docs/plugin.md describes it: the plugin, its search, and nothing of this city's."""
