"""Proof of the statistics: how often the intervals hold the truth and the verdict is right, and how fast.

Read in this order: simulation, confounders, planted, judging, meetings, lasting, experiments, chance, table,
calibration; fit_speed; before_after. On real series with known answers: real_cases, pair_retention.
What survives a kill, a power cut and a crowd: durability. What was promised, and the test that fails
without it: acceptance, acceptance_proof.
"""
