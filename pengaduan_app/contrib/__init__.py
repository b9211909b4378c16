"""Optional apps that come with the plugin. A site lists in INSTALLED_APPS those that it wants.

They import the plugin; the plugin imports none of them.
"""
