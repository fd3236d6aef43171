import { type Context, DateScalar, recordOf } from '@clientele/kit'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Customer } from './customer.entity.js'
import { OrganizationDetails, PersonDetails } from './customer-details.js'
import { openSensitive, type SensitiveField } from './sensitive-values.js'

// Given a class as its type, type-graphql would hand over a copy, of which nobody knows the customer.
const opened = (ctx: Context, details: object, field: SensitiveField) =>
  openSensitive(ctx.keys, recordOf<Customer>(details), field)

@Resolver(() => PersonDetails)
export class SensitivePersonResolver {
  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: 'Day of birth. Sensitive: null where it is not known, or hidden from you.',
  })
  birthDate(@Root() person: object, @Ctx() ctx: Context): Promise<string | null> {
    return opened(ctx, person, 'person.birthDate')
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Number of an identity card or passport, as written. Sensitive: null where it is not known, or hidden from you.',
  })
  identityNumber(@Root() person: object, @Ctx() ctx: Context): Promise<string | null> {
    return opened(ctx, person, 'person.identityNumber')
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Band of income, such as `50-75k`. Sensitive: null where it is not known, or hidden from you.',
  })
  incomeBand(@Root() person: object, @Ctx() ctx: Context): Promise<string | null> {
    return opened(ctx, person, 'person.incomeBand')
  }
}

@Resolver(() => OrganizationDetails)
export class SensitiveOrganizationResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Number in the commercial register, or unified social credit code. Sensitive: null where it is not known, or hidden from you.',
  })
  registrationNumber(@Root() organization: object, @Ctx() ctx: Context): Promise<string | null> {
    return opened(ctx, organization, 'organization.registrationNumber')
  }
}
