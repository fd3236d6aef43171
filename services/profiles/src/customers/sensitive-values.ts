import type { Keys } from '@clientele/kit'
import type { Customer } from './customer.entity.js'

/** Details of a customer that are kept sealed, and whether a customer is found by them. */
const fields = {
  'person.birthDate': { searchable: false },
  'person.identityNumber': { searchable: true },
  'person.incomeBand': { searchable: false },
  'organization.registrationNumber': { searchable: true },
} as const

export type SensitiveField = keyof typeof fields

/** Values of sensitive details by their path; null is none, what is absent is not spoken of. */
export type SensitiveValues = { [field in SensitiveField]?: string | null }

const names = Object.keys(fields) as SensitiveField[]

/** What is known of whom nothing sensitive is kept. */
export const noSensitive = (): SensitiveValues => Object.fromEntries(names.map((field) => [field, null]))

/** What a detail is called where it is sealed. */
export const sealedName = (field: SensitiveField) => `customer.${field}`

/** What to keep sealed of a customer. */
export const toKeep = (owner: string, values: SensitiveValues) =>
  names
    .filter((field) => values[field] !== undefined)
    .map((field) => ({
      owner,
      field: sealedName(field),
      text: values[field] ?? null,
      searchable: fields[field].searchable,
    }))

/** One sensitive detail of a customer. */
export const openSensitive = (keys: Keys, customer: Customer, field: SensitiveField): Promise<string | null> =>
  keys.open(customer.id, sealedName(field))

/** The birth dates of customers in their order, in one statement. */
export const openBirthDates = (keys: Keys, customers: readonly Customer[]): Promise<(string | null)[]> =>
  keys.openAll(customers.map(({ id: owner }) => ({ owner, field: sealedName('person.birthDate') })))

/** All sensitive details of customers by their ids, in one statement. */
export const openAllSensitive = async (
  keys: Keys,
  customers: readonly Customer[],
): Promise<Map<string, SensitiveValues>> => {
  const texts = await keys.openAll(
    customers.flatMap(({ id }) => names.map((field) => ({ owner: id, field: sealedName(field) }))),
  )
  return new Map(
    customers.map((customer, at) => {
      const sealed = Object.fromEntries(names.map((field, i) => [field, texts[at * names.length + i]]))
      return [customer.id, sealed]
    }),
  )
}
