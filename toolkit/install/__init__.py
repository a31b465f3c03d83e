"""Getting the toolkit onto a computer without internet: what a bundle carries, and what runs there."""
