"""What staff work with: one module an aggregate; behaviour is in services."""
