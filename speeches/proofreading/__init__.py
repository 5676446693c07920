"""Proofreading: what an attentive reader would mark in a speech. Pure Python, no Django.

``runner.proofread`` takes paragraphs, the office's records and its term list, and gives findings;
``typesetting.typeset`` gives the paragraphs as the typesetter would set them.
"""
