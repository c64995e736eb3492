// Package mercadolibre describes the sales lists of Mercado Libre (Ventas) and
// Mercado Livre (Vendas). Titles and groups stand above the headers, some of
// which come twice. A sale of several products is a row with its money and its
// buyer, and a row for each product.
//
// The buyer paid for products and shipping; the total is what the marketplace
// pays out. The number of the buyer's identity card is not kept.
package mercadolibre

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{ventas(), vendas()} }

func format(id, locale, zone string) *importers.Format {
	return &importers.Format{
		ID: id, Platform: "mercadolibre", Locale: locale, Zone: zone, DateOrder: importers.DayFirst,
		Rows: importers.LinePerRow, Bundles: []string{"Paquete de", "Pacote de"},
	}
}

// money is a header with the currency of the country.
func money(header string) string { return header + " (" + importers.AnyCurrency + ")" }

// ventas is the list in Spanish, with the currency of its country in the headers.
func ventas() *importers.Format {
	f := format("mercadolibre.ventas", "es", "America/Argentina/Buenos_Aires")
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"# de venta"}},
		{Field: importers.OrderedAt, Headers: []string{"Fecha de venta"}},
		{Field: importers.Status, Headers: []string{"Estado"}},
		{Field: importers.BuyerName, Headers: []string{"Comprador"}},
		{Field: importers.RecipientName, Headers: []string{"Comprador"}},
		{Field: importers.Country, Headers: []string{"País"}},
		{Field: importers.Province, Headers: []string{importers.Second("Estado")}},
		{Field: importers.City, Headers: []string{"Ciudad"}},
		{Field: importers.Street, Headers: []string{"Domicilio"}},
		{Field: importers.Postcode, Headers: []string{"Código postal"}},
		{Field: importers.SKU, Headers: []string{"SKU", "# de publicación"}},
		{Field: importers.Product, Headers: []string{"Título de la publicación"}},
		{Field: importers.Variant, Headers: []string{"Variante"}},
		{Field: importers.Quantity, Headers: []string{"Unidades"}},
		{Field: importers.UnitPrice, Headers: []string{money("Precio unitario de venta de la publicación")}},
		{Field: importers.Paid, Headers: []string{money("Ingresos por productos")}, Add: []string{money("Ingresos por envío")}},
		{Field: importers.Refund, Headers: []string{money("Anulaciones y reembolsos")}},
	}
	f.Required = []string{"# de venta"}
	f.Distinctive = []string{
		"# de venta", "Fecha de venta", "Descripción del estado", "Paquete de varios productos", "Pertenece a un kit",
		money("Ingresos por productos"), "Venta por publicidad", "# de publicación", "Título de la publicación",
	}
	f.Others = []string{
		"Cargo por venta e impuestos", money("Costos de envío"), money("Total"), "Factura adjunta", "Datos personales o de empresa",
		"Tipo y número de documento", "Dirección", "DNI", "Forma de entrega",
	}
	f.Statuses = importers.Words(map[crm.Status][]string{
		crm.StatusShipped:   {"En camino…"},
		crm.StatusDelivered: {"Entregado…"},
		crm.StatusCancelled: {"Cancelada…"},
		crm.StatusRefunded:  {"Devuelto…"},
	})
	return f
}

// vendas is the list in Portuguese, of Brazil. No status of it is known.
func vendas() *importers.Format {
	f := format("mercadolibre.vendas", "pt-BR", "America/Sao_Paulo")
	f.Columns = []importers.Column{
		{Field: importers.OrderNo, Headers: []string{"N.º de venda"}},
		{Field: importers.OrderedAt, Headers: []string{"Data da venda"}},
		{Field: importers.Status, Headers: []string{"Estado"}},
		{Field: importers.BuyerName, Headers: []string{"Comprador"}},
		{Field: importers.RecipientName, Headers: []string{"Comprador"}},
		{Field: importers.SKU, Headers: []string{"SKU", "# de anúncio"}},
		{Field: importers.Product, Headers: []string{"Título do anúncio"}},
		{Field: importers.Variant, Headers: []string{"Variação"}},
		{Field: importers.Quantity, Headers: []string{"Unidades"}},
		{Field: importers.UnitPrice, Headers: []string{money("Preço unitário de venda do anúncio")}},
		{
			Field: importers.Paid, Headers: []string{money("Receita por produtos")},
			Add: []string{"Receita por acréscimo no preço (pago pelo comprador)", money("Receita por envio")},
		},
		{Field: importers.Refund, Headers: []string{money("Cancelamentos e reembolsos")}},
	}
	f.Country = "BR"
	f.Required = []string{"N.º de venda"}
	f.Distinctive = []string{
		"N.º de venda", "Data da venda", money("Receita por produtos"), money("Receita por envio"), "# de anúncio", "Título do anúncio",
		"Receita por acréscimo no preço (pago pelo comprador)", money("Cancelamentos e reembolsos"), "Tipo de anúncio",
	}
	f.Others = []string{money("Tarifa de venda e impostos"), money("Tarifas de envio"), money("Total"), "CPF"}
	return f
}
