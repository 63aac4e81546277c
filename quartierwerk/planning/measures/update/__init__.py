"""The monthly update (W2.2): one mailed link per team, a page of three minutes, two reminders, and what silence means."""
