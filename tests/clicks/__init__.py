"""Real clicks: LibreOffice on a screen of its own, xdotool's mouse on the shipped buttons, the shipped macros behind them.

Only xlwings' own module is exchanged, as what it does (start Python and wait) is Windows' business; see `xlwings.bas`.
"""
