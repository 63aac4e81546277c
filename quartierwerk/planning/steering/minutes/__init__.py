"""Taking minutes during the meeting: who is there, what is said, what is decided; closing them for good."""
