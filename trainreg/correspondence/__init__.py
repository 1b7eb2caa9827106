"""What an event writes to its people: reminders, changes, thanks, and the organizers' own letters."""
