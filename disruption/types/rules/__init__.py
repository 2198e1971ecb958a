"""Discord's rules as pure functions: limits, permissions, what an audit log means.

The types and the REST client call them, and load them only then.
"""
