"""The answers besides success that the document of the interface names, by status."""

from speeches.public.api.problems import Problem

LIST = {400: Problem, 404: Problem, 422: Problem, 429: Problem}
ITEM = {404: Problem, 410: Problem, 422: Problem, 429: Problem}
MOVED_ITEM = {301: None, **ITEM}
