"""Proof of the statistics: how often the intervals hold the truth and the verdict is right; and how fast.

Read in this order: simulation, confounders, planted, judging, meetings, lasting, experiments, chance, table,
calibration; fit_speed; before_after. On real series with known answers: real_cases, pair_retention.
What survives a kill, a power cut and a crowd: durability. What was promised, and the test that fails
without it: acceptance, acceptance_proof. How long a newcomer takes: keystrokes, stopwatch.

How fast it is and how that grows: `run` runs all and writes docs/performance.md. Read goals (what must be
reached, and whether it is), turns (rounds and their intervals), gen (the logs), elements and floor/ (what a
page costs at least), then any part: pages, browsing, clicking, filtering, cold_start, saving, checking,
views, memory, report_floor, peers, sessions.
"""
