"""The duty to answer: terms, who looks after it, the answer, somebody else who is responsible."""
