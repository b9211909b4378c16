"""An Indonesian search over the published answers, and the advice that it gives before sending.

An optional app, `pengaduan_app.contrib.search`; docs/plugin.md says how a site turns it on.

| file | what it does |
|---|---|
| `indonesian/` | pure: spelling, stop words, stems |
| `query` `ranking` `highlighting` | pure: what is asked for, what comes first, what is marked |
| `synonym_lines` | pure: what a line of synonyms says |
| `models` `vocabulary` `fulltext` | a narrow row for each answer; its words; FTS5 or a tsvector |
| `reference_cache` | synonyms and names, remembered by each process |
| `indexing` `signal_handlers` | keep the index in step with what is published |
| `finding` `results` `suggesting` | find, a page of hits, suggestions while somebody types |
| `advice/` | similar answers and the right agency, for the complaint form |
| `views` `api` `backend` | what a site puts into its addresses, its API and its settings |
| `setup` `tasks` `wagtail_hooks` | first synonyms and who keeps them; the hourly task; the admin |

What others may call:

- `finding.find(text, filters)`: the ranked matches of a query
- `results.search(params)`: a page of hits, with facets and suggestions
- `suggesting.suggest(text)`: what is offered while somebody types
- `advice.similar_answers`, `advice.suggest_agency`, `advice.learn`
- `setup.ensure_search(synonyms)`: set-up, safe to repeat
- `indexing.rebuild()`: fill the index again
"""
