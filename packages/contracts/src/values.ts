import { z } from 'zod'
import { limits, patternOf } from './limits/index.js'

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

/** A time of the wall clock, `HH:MM`, from 00:00 to 24:00. */
export const timeOfDay = z.string().regex(/^[0-9]{2}:[0-9]{2}$/)

/** ISO 3166-1 code of two letters. */
export const country = z.string().regex(/^[A-Z]{2}$/)

/** Name of a place, as somebody wrote it: `München`. */
export const place = z.string().regex(patternOf(limits.addressPart))

/** An exchange rate: plain decimal notation, at most 10 integer and 12 fraction digits. */
export const rate = z.string().regex(/^(0|[1-9][0-9]{0,9})(\.[0-9]{1,12})?$/)

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

/** Of the record of a member of staff, not their `sub`. */
export const staffRecordId = entityId.describe('Identifier of a member of staff.')

/** Tag of a language (BCP 47) in its canonical form: `zh-Hans-CN`. */
export const language = z.string().regex(/^[a-z][A-Za-z0-9-]{1,34}$/)

/** Name of a time zone in the IANA database: `Asia/Shanghai`. */
export const timeZone = z.string().regex(/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/)

/** A day of the calendar: `2026-03-01`. */
export const day = z.string().regex(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)

/** What a file is, as HTTP says it: `image/png`. */
export const mediaType = z.string().regex(/^[a-z]{1,20}\/[a-z0-9.+-]{1,100}(; charset=utf-8)?$/)

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
