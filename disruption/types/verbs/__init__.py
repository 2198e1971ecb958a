"""Verbs: what objects can do, where their page would become too long for it.

Each fills in the ids that its object knows and calls one method of `Rest`.
"""
