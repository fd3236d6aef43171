interface Line {
  sku: string
  description: string
  quantity: string
  unitPrice: string
  discount?: string
}

const desk = (quantity: string, unitPrice: string): Line => ({
  sku: 'DESK-160',
  description: 'Desk 160 cm',
  quantity,
  unitPrice,
})
const lamp = (quantity: string, unitPrice: string, discount = '0'): Line => ({
  sku: 'LAMP-02',
  description: '台灯 Desk lamp',
  quantity,
  unitPrice,
  discount,
})
const chair = (quantity: string, unitPrice: string, discount = '0'): Line => ({
  sku: 'CHAIR-7',
  description: '办公椅 Office chair',
  quantity,
  unitPrice,
  discount,
})

const purchase = (
  externalId: string,
  customer: string,
  orderedAt: string,
  currency: string,
  lines: Line[],
  kind: 'SALE' | 'CANCELLATION' = 'SALE',
) => ({ externalId, customer: { externalId: customer }, orderedAt, currency, channel: 'web', kind, lines })

/** What the sample's customers bought, and one cancellation. */
export const samplePurchases = [
  purchase('s-1001', 'p-zhang-wei', '2026-02-14T03:20:00Z', 'CNY', [chair('2', '899.00'), lamp('1', '199.50')]),
  purchase('s-1002', 'p-zhang-wei', '2026-06-18T12:05:00Z', 'CNY', [desk('1', '2399.00')]),
  purchase('s-1003', 'p-zhang-wei', '2026-10-30T01:45:00Z', 'CNY', [lamp('2', '199.50')]),
  purchase('s-1004', 'p-li-na', '2026-09-01T10:00:00Z', 'CNY', [lamp('1', '199.50')]),
  purchase('s-1005', 'p-wang-fang', '2025-12-24T08:30:00Z', 'CNY', [chair('1', '899.00', '0.1')]),
  purchase('s-1006', 'p-wang-fang', '2026-08-08T08:30:00Z', 'CNY', [chair('1', '899.00')]),
  purchase('s-1007', 'p-emma-clarke', '2026-03-03T15:10:00Z', 'GBP', [desk('1', '320.00'), lamp('2', '24.99')]),
  purchase('s-1008', 'p-emma-clarke', '2026-10-02T09:00:00Z', 'GBP', [chair('1', '119.00')]),
  purchase('s-1009', 'p-daniel-reed', '2025-11-28T18:00:00Z', 'USD', [lamp('1', '29.99')]),
  purchase('s-1010', 'p-sofia-keller', '2026-05-05T07:15:00Z', 'EUR', [chair('1', '129.00')]),
  purchase('s-1011', 'p-sofia-keller', '2026-05-19T07:15:00Z', 'EUR', [chair('1', '129.00')], 'CANCELLATION'),
  purchase('s-1012', 'o-huaxing', '2026-01-15T02:00:00Z', 'CNY', [
    desk('40', '1999.00'),
    chair('40', '799.00', '0.15'),
  ]),
  purchase('s-1013', 'o-huaxing', '2026-07-20T02:00:00Z', 'CNY', [lamp('80', '159.00')]),
  purchase('s-1014', 'o-huaxing', '2026-11-05T02:00:00Z', 'CNY', [chair('25', '799.00', '0.15')]),
  purchase('s-1015', 'o-qinghe', '2026-04-10T06:40:00Z', 'CNY', [desk('6', '2199.00')]),
  purchase('s-1016', 'o-northgate', '2026-02-02T11:00:00Z', 'GBP', [desk('12', '295.00'), chair('12', '105.00')]),
  purchase('s-1017', 'o-northgate', '2026-09-28T11:00:00Z', 'GBP', [lamp('30', '19.90')]),
  purchase('s-1018', 'o-lindenhof', '2026-06-11T13:30:00Z', 'EUR', [lamp('60', '21.50', '0.05')]),
  purchase('s-1019', 'o-brightpath', '2026-08-21T16:45:00Z', 'USD', [chair('24', '89.00')]),
  purchase('s-1020', 'o-atelier-nord', '2025-10-10T08:00:00Z', 'EUR', [desk('2', '310.00')]),
]
