// Package shein describes the order list of SHEIN's marketplace in Brazil. It has
// one row for each piece, below a title, and tells neither the buyer nor when
// the order was placed.
package shein

import (
	"kebu/app/crm"
	"kebu/importers"
)

// Formats lists the formats in the order of detection.
func Formats() []*importers.Format { return []*importers.Format{orders()} }

// orders takes what the shop gives off the price; the commission is no matter
// of the buyer's.
func orders() *importers.Format {
	f := &importers.Format{
		ID: "shein.orders.br", Platform: "shein", Locale: "pt-BR", Zone: "America/Sao_Paulo", Currency: "BRL", Country: "BR",
		Rows: importers.LinePerRow, DateOrder: importers.DayFirst,
		Columns: []importers.Column{
			{Field: importers.OrderNo, Headers: []string{"Número do pedido"}},
			{Field: importers.LineNo, Headers: []string{"ID do item"}},
			{Field: importers.ShippedAt, Headers: []string{"Coletado em"}},
			{Field: importers.Status, Headers: []string{"Status do pedido"}},
			{Field: importers.AfterSale, Headers: []string{"Status do produto"}},
			{Field: importers.SKU, Headers: []string{"SKU do vendedor", "SHEIN-SKU", "SKC"}},
			{Field: importers.Product, Headers: []string{"Nome do produto"}},
			{Field: importers.Variant, Headers: []string{"Variação"}},
			{
				Field: importers.LineAmount, Headers: []string{"Preço do produto"},
				Less: []string{"Valor do cupom", "Desconto de campanha da loja"},
			},
		},
		Required: []string{"Número do pedido"},
		Distinctive: []string{
			"Tipo de pedido", "Pedido de troca", "Instado ou não", "Está perdido", "Se deve ficar", "Pedido com problemas", "SHEIN-SKU", "SKC",
			"ID do item", "Status do produto", "Coletado em", "Desconto de campanha da loja", "Receita estimada de mercadorias",
		},
		Others: []string{
			"Modo de envio", "Número do produto", "ID do inventário", "Código de troca", "Motivo da substituição",
			"ID do produto a ser trocado", "Bloqueado ou não", "Prazo para imprimir etiqueta", "Data e hora requeridas para coleta",
			"Código de rastreio", "Fornecedor de logística de última milha", "Pacote do comerciante", "Se o pacote passa pelo armazém",
			"Fornecedor de logística de primeira mão", "Número da carta de porte de primeira viagem", "Moeda do vendedor", "Comissão",
		},
		Statuses: importers.Words(map[crm.Status][]string{
			crm.StatusRefunded: {"Reembolsado por cliente"},
		}),
	}
	f.AfterSales = f.Statuses
	return f
}
