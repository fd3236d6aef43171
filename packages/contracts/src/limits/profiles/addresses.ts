import { line, list } from '../limit.js'

export const addresses = {
  addressLine: line(200),
  addressLines: list(0, 6),
  /** City, region, or country as written. */
  addressPart: line(100),
  postalCode: line(20),
  addresses: list(0, 20),
} as const
