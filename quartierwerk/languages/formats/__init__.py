"""Days and times where Django's own formats mislead in Germany: English and Arabic would put the month first."""
