"""Attendance on paper: sign-in sheets, badges, what comes back from the room, and the scans as evidence."""
