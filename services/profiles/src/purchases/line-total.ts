import { decimalUnit, divideRounded } from '@clientele/kit'

/** quantity × price × (1 − discount), each in ten-thousandths, rounded half away from zero to ten-thousandths. */
export const lineTotal = (quantity: bigint, price: bigint, discount: bigint): bigint =>
  divideRounded(quantity * price * (decimalUnit - discount), decimalUnit * decimalUnit)
