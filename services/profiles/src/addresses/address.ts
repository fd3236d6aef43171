import { limits } from '@clientele/contracts'
import { checkList, checkText, ListSize, type ValidationIssues } from '@clientele/kit'
import { Field, ID, ObjectType } from 'type-graphql'
import { matchStoredEntries } from '../members/match-stored-entries.js'
import type { AddressFields, AddressInput } from './address.input.js'
import { AddressKind } from './address-kind.js'
import { countryCode, doubtCountry } from './country.js'

@ObjectType({ description: 'A postal address of a customer. Personal data.' })
export class Address {
  @Field(() => ID, {
    description:
      'Stays the same while the address does or another one of its kind takes its place, and while changes name it.',
  })
  id!: string
  @Field(() => AddressKind, { description: 'What it is used for.' })
  kind!: AddressKind
  @ListSize(limits.addressLines)
  @Field(() => [String], {
    nullable: true,
    description: 'Street, house, building, floor, line by line as written; null where they are hidden from you.',
  })
  lines!: string[]
  @Field(() => String, {
    nullable: true,
    description: 'City, as written. Null where it is not known, or hidden from you.',
  })
  city!: string | null
  @Field(() => String, {
    nullable: true,
    description: 'State, province or region, as written. Null where it is not known, or hidden from you.',
  })
  region!: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Postal code, as written. Null where it is not known, or hidden from you.',
  })
  postalCode!: string | null
  @Field(() => String, {
    nullable: true,
    description: 'ISO 3166-1 alpha-2 code of the country. Null where it cannot be told, or is hidden from you.',
  })
  country!: string | null
  @Field(() => String, {
    nullable: true,
    description:
      'The country as written, where no code could be told from it; null otherwise, and where it is hidden from you.',
  })
  countryName!: string | null
}

type Content = Omit<Address, 'id'>

const keys = [
  ({ kind, lines, city, region, postalCode, country, countryName }: Content) => [
    ...[kind, lines, city, region, postalCode, country, countryName],
  ],
  ({ kind }: Content) => kind,
]

/** Addresses as they are stored, each with the id of the stored one that it is; undefined where none were given. */
export const checkAddresses = (
  issues: ValidationIssues,
  given: readonly AddressInput[] | null | undefined,
  stored: readonly Address[],
): Address[] | undefined => {
  const addresses = checkList(issues, 'addresses', given, limits.addresses)?.map((address, index) => {
    const path = `addresses.${index}`
    return { id: address.id, path, ...checkAddress(issues.below(path), address, stored) }
  })
  if (!addresses) return undefined
  const identities = matchStoredEntries<Content, (typeof addresses)[number], Address>(issues, addresses, stored, keys)
  return addresses.map(({ path: _, ...content }, at) => ({ ...content, id: identities[at]?.id as string }))
}

/** The country whose numbering plan national numbers of a customer follow: that of the first address that has one. */
export const countryOf = (addresses: readonly Address[]) =>
  addresses.find(({ country }) => country)?.country ?? undefined

/**
 * One address in the form in which it is stored. A country of which no code can be told is an issue at the API, unless one of the `stored`
 * addresses has it already; an import keeps it as it is written, and tells.
 */
export const checkAddress = (
  issues: ValidationIssues,
  given: AddressFields & { kind: AddressKind },
  stored: readonly Pick<Address, 'countryName'>[],
): Content => {
  const text = (field: 'city' | 'region' | 'postalCode' | 'country', limit = limits.addressPart) =>
    checkText(issues, field, given[field], limit) ?? null
  const lines = (checkList(issues, 'lines', given.lines, limits.addressLines) ?? [])
    .map((line, index) => checkText(issues, `lines.${index}`, line, limits.addressLine))
    .filter((line) => line != null)
  const written = text('country')
  const country = countryCode(written) ?? null
  const isKept = !issues.lenient && stored.some(({ countryName }) => countryName === written)
  if (written && !country && !isKept) doubtCountry(issues, 'country', written)
  const address = {
    kind: given.kind,
    lines,
    city: text('city'),
    region: text('region'),
    postalCode: text('postalCode', limits.postalCode),
    country,
    countryName: country ? null : written,
  }
  if (!lines.length && !address.city && !address.region && !address.postalCode && !written) {
    issues.add('', 'address.empty', 'an address with a line, a city, a region, a postal code or a country')
  }
  return address
}
