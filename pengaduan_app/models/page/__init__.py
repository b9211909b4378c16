"""The public pages, their rules, and what the public reads of them.

public_page    what all pages that the public reads share
pages          the public pages
page_checks    the rules of a page's text on its way to the public
page_lock      why a page can't be edited while no step is open
page_form      the page's form in the editor
pictures_api   the same as the API gives them
picture_panel  the editor's panel with the answer's pictures
page_changes   what a page's text has changed since the agency entered it
panels         the editor's panels: the citizen's words, what was changed, what to write from
file_changes   what has changed since the published files were written
published      what the public reads: one narrow row for each answer
slugs          the part of their address that is made from their name
text_form      the form of rows that staff maintain
"""
