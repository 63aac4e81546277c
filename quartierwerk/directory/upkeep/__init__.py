"""How the directory stays true: organisations are asked, reminded, called; silence hides."""
