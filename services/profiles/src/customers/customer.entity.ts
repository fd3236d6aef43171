import { limits } from '@clientele/contracts'
import { connectionOf, EntityType, ListSize, recordColumns } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, registerEnumType } from 'type-graphql'
import { Address } from '../addresses/address.js'
import { ContactPoint } from '../contact-points/contact-point.js'
import { ContactPerson, OrganizationDetails, Origin, PersonDetails } from './customer-details.js'

export enum CustomerKind {
  PERSON = 'PERSON',
  ORGANIZATION = 'ORGANIZATION',
}
registerEnumType(CustomerKind, {
  name: 'CustomerKind',
  description: 'Whether a customer is a person or an organisation.',
})

export enum CustomerStatus {
  ACTIVE = 'ACTIVE',
  ARCHIVED = 'ARCHIVED',
}
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
  },
})

@EntityType('A customer: a person or an organisation that buys, bought or may buy from us.')
export class Customer extends CustomerSchema.class {
  @Field(() => String, { description: 'Customer number as people quote it, unique: `C-000001`.' })
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
    description: 'Subject (`sub`) of the member of staff who looks after the customer.',
  })
  declare ownerId: string | null
  @Field(() => String, { nullable: true, description: 'Path of the sales territory: `emea/de`.' })
  declare territory: string | null
  @Field(() => String, { nullable: true, description: 'Key of what brought the customer here: `import`, `web.shop`.' })
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
