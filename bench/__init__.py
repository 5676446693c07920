"""Side by side: what the product does, and the plainest way to do the like, in the same run.

Only the ratio of the two says anything: both run on the same machine at the same time.
"""
