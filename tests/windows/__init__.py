"""The toolkit on Windows, as far as Wine can show it: `make windows`. What Wine cannot show is in docs/首次上机检查.md."""
