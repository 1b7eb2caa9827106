"""The desk's records of people: who they are, what they came to, and two records made one."""
