import { limits } from '@clientele/contracts'
import { checkList, checkText, Limited, ListSize, type ValidationIssues } from '@clientele/kit'
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { countryCode } from './country.js'

export enum AddressKind {
  MAIN = 'MAIN',
  BILLING = 'BILLING',
  SHIPPING = 'SHIPPING',
  HOME = 'HOME',
  WORK = 'WORK',
  OTHER = 'OTHER',
}
registerEnumType(AddressKind, { name: 'AddressKind', description: 'What an address is used for.' })

@ObjectType({ description: 'A postal address of a customer. Personal data.' })
export class Address {
  @Field(() => AddressKind, { description: 'What it is used for.' })
  kind!: AddressKind
  @ListSize(limits.addressLines)
  @Field(() => [String], {
    nullable: true,
    description: 'Street, house, building, floor: up to 6 lines, as written; null where they are hidden from you.',
  })
  lines!: string[]
  @Field(() => String, { nullable: true, description: 'City, as written.' })
  city!: string | null
  @Field(() => String, { nullable: true, description: 'State, province or region, as written.' })
  region!: string | null
  @Field(() => String, { nullable: true, description: 'Postal code, as written.' })
  postalCode!: string | null
  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2 code of the country, where it can be told.' })
  country!: string | null
  @Field(() => String, { nullable: true, description: 'The country as written, where no code could be told from it.' })
  countryName!: string | null
}

@InputType({ description: 'A postal address; at least one part besides the kind is needed.' })
export class AddressInput {
  @Field(() => AddressKind, { defaultValue: AddressKind.MAIN, description: 'What it is used for.' })
  kind!: AddressKind
  @Limited(limits.addressLines, limits.addressLine)
  @Field(() => [String], { nullable: true, description: 'Up to 6 lines of at most 200 characters.' })
  lines?: string[] | null
  @Limited(limits.addressPart)
  @Field(() => String, { nullable: true, description: 'City, at most 100 characters.' })
  city?: string | null
  @Limited(limits.addressPart)
  @Field(() => String, { nullable: true, description: 'State, province or region, at most 100 characters.' })
  region?: string | null
  @Limited(limits.postalCode)
  @Field(() => String, { nullable: true, description: 'Postal code, at most 20 characters.' })
  postalCode?: string | null
  @Limited(limits.addressPart)
  @Field(() => String, {
    nullable: true,
    description: 'ISO 3166-1 alpha-2 code, or the name of the country, at most 100 characters.',
  })
  country?: string | null
}

/** Addresses as they are stored; undefined where none were given. */
export const checkAddresses = (issues: ValidationIssues, given: readonly AddressInput[] | null | undefined) =>
  checkList(issues, 'addresses', given, limits.addresses)?.map((address, index) =>
    checkAddress(issues, `addresses.${index}`, address),
  )

const checkAddress = (issues: ValidationIssues, path: string, given: AddressInput): Address => {
  const text = (field: 'city' | 'region' | 'postalCode' | 'country', limit = limits.addressPart) =>
    checkText(issues, `${path}.${field}`, given[field], limit) ?? null
  const lines = (checkList(issues, `${path}.lines`, given.lines, limits.addressLines) ?? [])
    .map((line, index) => checkText(issues, `${path}.lines.${index}`, line, limits.addressLine))
    .filter((line) => line != null)
  const written = text('country')
  const country = countryCode(written) ?? null
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
    issues.add(path, 'address.empty', 'an address with a line, a city, a region, a postal code or a country')
  }
  return address
}
