"""What the standard workbooks look like, declared once as data."""
