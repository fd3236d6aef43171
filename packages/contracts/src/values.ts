import { z } from 'zod'
import { limits, patternOf } from './limits.js'

/** Identifier of an entity: a UUID (ours are version 7). */
export const entityId = z.uuid()

/** Entity version: 1 on creation, one more with every change. */
export const version = z.int().min(1)

/** RFC 3339 date-time in UTC, ending in `Z`. */
export const instant = z.iso.datetime()

/** Plain decimal notation as a string: at most 15 integer and 4 fraction digits, no exponent. */
export const decimal = z.string().regex(/^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?$/)

/** As `decimal`, of a sum: with room for 34 integer digits. */
export const decimalSum = z.string().regex(/^-?(0|[1-9][0-9]{0,33})(\.[0-9]{1,4})?$/)

/** ISO 4217 alphabetic code. */
export const currency = z.string().regex(/^[A-Z]{3}$/)

/** An amount in one currency. */
export const money = z.object({
  amount: decimal.describe('Decimal amount as a string, negative for money given back.'),
  currency: currency.describe('ISO 4217 code of the currency.'),
})

/** A sum of amounts in one currency. */
export const moneySum = z.object({
  amount: decimalSum.describe(
    'Decimal amount as a string, at most 34 digits before the point; negative where more was given back than taken.',
  ),
  currency: currency.describe('ISO 4217 code of the currency.'),
})

/** A code of a list that the publisher keeps, in ASCII: `delivery.late`. Never free text. */
export const code = z.string().regex(patternOf(limits.code))

/** A key in any script without blanks or `@`: `vip`, `重点客户`, `emea/de`. Never free text, never an address. */
export const key = z.string().regex(patternOf(limits.key))

/** The identity provider's `sub` of a member of staff; not always a UUID, and an address where the provider makes it one. */
export const staffId = z.string().regex(patternOf(limits.subject))

/** Slug of a tenant: `acme-2`. */
export const tenantSlug = z.string().regex(/^[a-z0-9-]{1,63}$/)

/** Path of a field that changed, never its value: `person.occupation`. */
export const fieldPath = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.]{0,127}$/)

/** `id` and `version`, which the data of every event starts with. */
export const entity = (concept: string) => ({
  id: entityId.describe(`Identifier of the ${concept}.`),
  version: version.describe(`Version of the ${concept} after this change.`),
})

/** The owner of everything that belongs to one customer; also the event's partition key. */
export const customerId = entityId.describe('Identifier of the customer concerned.')

/** What an update touched. */
export const changedFields = z
  .array(fieldPath)
  .max(limits.changedFields.most)
  .describe('Paths of the fields that changed, without their values.')
