"""Budgets, printed as ratios of one run; never asserted."""
