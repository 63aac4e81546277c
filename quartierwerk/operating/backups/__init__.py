"""One file with all a lost machine held: database and uploads, in a stream that cannot be cut or changed unnoticed."""
