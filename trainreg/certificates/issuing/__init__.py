"""From a verdict to a paper: writing certificates, jobs, the ceremony, later editions, lapsing, the register book."""
