"""Measuring: scorers, the quality gate, and the benchmark.

The scorers follow the definitions of the project's yardsticks
(`shared/scorers`) and agree with them to the third decimal; a test compares
the two wherever the yardsticks are at hand.
"""
