import { line, list, number, text } from '../limit.js'

export const purchases = {
  paymentMethod: line(64),
  sku: line(64),
  lineDescription: line(500),
  /** Part of a price that is let off. */
  discount: number(0, 1),
  purchaseLines: list(1, 1_000),
  purchaseChangeReason: text(1_000),
} as const
