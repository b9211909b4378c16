"""Search over the published answers. Others use two functions of `search.finding`:

`find(text, filters)`     the ranked matches of a query; `search.results.search` draws a page
`similar(text, limit=3)`  published answers like a citizen's own words, often none
"""
