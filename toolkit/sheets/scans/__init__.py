"""What the containers of workbooks say beyond the values: kinds, encryption, bounds, extents, errors, hidden parts."""
