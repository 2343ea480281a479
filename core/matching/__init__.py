"""Duplicates: which entries are one person, how sure that is, and why.

Pure functions over columns of text. `full` learns a model from a list and scores its pairs;
`pairs` scores pairs under a model kept from before, `clusters` groups them, `explain` says why.
"""
