"""One mail to many organisations: chosen by what they are, each written to on its own, no address shown to another."""
