"""What a file holds: columns with their names, labels, meanings and readers."""
