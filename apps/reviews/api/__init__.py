"""Review rounds over HTTP: anyone reads, who was asked answers, a clerk conducts."""
