"""What templates say about records: texts, dates, figures, what harvesters read."""
