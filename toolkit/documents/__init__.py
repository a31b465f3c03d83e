"""Official Word documents: GB/T 9704 building blocks, templates and rendering."""
