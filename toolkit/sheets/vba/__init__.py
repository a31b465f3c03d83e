"""A VBA project written from source text: MS-OVBA inside, MS-CFB around it. Nothing in it is compiled; Excel does that on opening."""
