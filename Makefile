# Everything happens in tool.py, which also works without make: `python3 tool.py run`.
# Further words for pytest: `make test ARGS="quartierwerk/directory -k import"`. Another port: `make run PORT=8001`.
PYTHON ?= python3

.PHONY: run setup test check check-all bench screenshots messages
run setup test check check-all bench screenshots messages:
	@$(PYTHON) tool.py $@ $(ARGS)
