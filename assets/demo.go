package assets

import "embed"

// Demo holds the invented shop: its products, and the surnames, given names,
// streets and places of which its customers are made up.
//
//go:embed demo/*.tsv
var Demo embed.FS
