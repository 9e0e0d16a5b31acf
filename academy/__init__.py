"""The Citizens Academy: courses and lessons as pages. It refuses to know who attends when (cohorts are people)."""
