"""What the complaint form asks before sending: similar answers, and which agency is meant.

| file | what it does |
|---|---|
| `keywords` | pure: which words of a text say what it is about |
| `evidence` | pure: what in a text speaks for an agency, and its weight |
| `similar` | published answers about the same thing |
| `learning` | counts which words go with which agency, each hour |
| `advising` | answers the plugin's three hooks |
"""

from .advising import likely_agencies, similar_answers, suggest_agency
from .learning import learn

__all__ = ["learn", "likely_agencies", "similar_answers", "suggest_agency"]
