"""What every room stands on: actors, errors, states, time, codes and the API's plumbing."""
