"""One file a verb: a Request, its FACTS and COLUMNS, and ``run(request, context)``.

The list of verbs is the list of files; see `_registry`. A name with a leading underscore is
not a verb.
"""
