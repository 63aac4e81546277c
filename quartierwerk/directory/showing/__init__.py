"""One record in full: the page of an offer or an organisation, its sheet on paper, whom to ask, its times and its cards."""
