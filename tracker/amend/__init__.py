"""Amending acts: act → instructions → applied to the base → reconciled with the published text.

Floor 2, beside the comparison of two laws, which it neither uses nor is used by.
"""
