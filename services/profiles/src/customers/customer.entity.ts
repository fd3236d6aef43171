import {
  type AgeBand,
  customerKind,
  customerStatus,
  type Gender,
  type Industry,
  limits,
  type SizeBand,
} from '@clientele/contracts'
import { connectionOf, EntityType, ListSize, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, registerEnumType } from 'type-graphql'
import { Address } from '../addresses/address.js'
import { AgeBandName } from '../coarse-facts/age-band.js'
import { CustomerLocation } from '../coarse-facts/location.js'
import { ContactPerson } from '../contact-people/contact-person.js'
import { ContactPoint } from '../contact-points/contact-point.js'
import { OrganizationDetails, Origin, PersonDetails } from './customer-details.js'

export const CustomerKind = customerKind.enum
export type CustomerKind = keyof typeof CustomerKind
registerEnumType(CustomerKind, {
  name: 'CustomerKind',
  description: 'Whether a customer is a person or an organisation.',
})

export const CustomerStatus = customerStatus.enum
export type CustomerStatus = keyof typeof CustomerStatus
registerEnumType(CustomerStatus, { name: 'CustomerStatus', description: 'Whether a customer is in use or archived.' })

const CustomerSchema = defineEntity({
  name: 'Customer',
  properties: {
    ...recordColumns,
    number: p.string(),
    kind: p.enum(() => CustomerKind),
    status: p.enum(() => CustomerStatus),
    displayName: p.string(),
    person: p.json<PersonDetails>().nullable(),
    organization: p.json<OrganizationDetails>().nullable(),
    ownerId: p.string().nullable(),
    territory: p.string().nullable(),
    source: p.string().nullable(),
    originSystem: p.string().nullable(),
    originExternalId: p.string().nullable(),
    contactPoints: p.json<ContactPoint[]>(),
    addresses: p.json<Address[]>(),
    contactPeople: p.json<ContactPerson[]>(),
    tagKeys: p.json<string[]>(),
    ageBand: p.enum(() => AgeBandName).nullable(),
    country: p.string().nullable().generated('by the database'),
    region: p.string().nullable().generated('by the database'),
    city: p.string().nullable().generated('by the database'),
    industry: p.string().$type<Industry>().nullable().generated('by the database'),
    sizeBand: p.string().$type<SizeBand>().nullable().generated('by the database'),
    gender: p.string().$type<Gender>().nullable().generated('by the database'),
  },
})

@EntityType('A customer: a person or an organisation that buys, bought or may buy from us.')
export class Customer extends CustomerSchema.class {
  @Field(() => String, { description: 'Customer number as people quote it, such as `C-000001`; unique.' })
  declare number: string
  @Field(() => CustomerKind, { description: 'Whether it is a person or an organisation; never changes.' })
  declare kind: CustomerKind
  @Field(() => CustomerStatus, { description: 'Whether it is in use.' })
  declare status: CustomerStatus
  @Field(() => String, {
    nullable: true,
    description: 'What to call the customer. Personal data of a person; null where it is hidden from you.',
  })
  declare displayName: string
  @Field(() => PersonDetails, { nullable: true, description: 'Details of a person; null for an organisation.' })
  declare person: PersonDetails | null
  @Field(() => OrganizationDetails, { nullable: true, description: 'Details of an organisation; null for a person.' })
  declare organization: OrganizationDetails | null
  @Field(() => String, {
    nullable: true,
    description: 'Subject (`sub`) of the member of staff who looks after the customer; null where nobody does.',
  })
  declare ownerId: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Path of the sales territory, such as `emea/de`; null where the customer is in none.',
  })
  declare territory: string | null
  @Field(() => String, {
    nullable: true,
    description: 'Key of what brought the customer here, such as `import` or `web.shop`; null where it is not known.',
  })
  declare source: string | null
  @ListSize(limits.contactPoints)
  @Field(() => [ContactPoint], {
    description: 'Where the customer is reached, the preferred one first. Personal data.',
  })
  declare contactPoints: ContactPoint[]
  @ListSize(limits.addresses)
  @Field(() => [Address], { description: 'Postal addresses, the main one first. Personal data.' })
  declare addresses: Address[]
  @ListSize(limits.contactPeople)
  @Field(() => [ContactPerson], {
    description: 'People to talk to at an organisation, as they were entered. Personal data.',
  })
  declare contactPeople: ContactPerson[]

  @Field(() => AgeBandName, {
    nullable: true,
    description:
      'Age of a person on the first day of this month; null where the birth date is not known, and for an organisation.',
  })
  declare ageBand: AgeBand | null

  @Field(() => CustomerLocation, {
    nullable: true,
    description: 'Where the customer is at home, roughly; null where nothing of it is known.',
  })
  get location(): CustomerLocation | null {
    const { country = null, region = null, city = null } = this
    return country || region || city ? { country, region, city } : null
  }

  @Field(() => Origin, {
    nullable: true,
    description: 'The system that the customer came from; null when entered here.',
  })
  get origin(): Origin | null {
    const { originSystem: system, originExternalId: externalId } = this
    return system && externalId ? { system, externalId } : null
  }
}
CustomerSchema.setClass(Customer)

export const CustomerConnection = connectionOf(Customer, 'Customer')
