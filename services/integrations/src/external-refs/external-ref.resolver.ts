import { limits } from '@clientele/contracts'
import { type Context, ExpectedVersion, IdempotencyKey, Limited, requireById } from '@clientele/kit'
import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import {
  type LinkExternalRef,
  linkExternalRef,
  type UnlinkExternalRef,
  unlinkExternalRef,
} from './external-ref.actions.js'
import { ExternalEntityType, ExternalRef } from './external-ref.entity.js'
import { externalRefPolicy } from './external-ref.policy.js'

@InputType({ description: 'Which customer is which record of an outside system.' })
export class LinkExternalRefInput implements LinkExternalRef {
  @Field(() => ID, { description: 'The customer.' })
  customerId!: string
  @Limited(limits.key)
  @Field(() => String, {
    description: 'Key of the outside system, such as `erp`.',
  })
  system!: string
  @Field(() => ExternalEntityType, { nullable: true, description: 'Kind of record over there; CUSTOMER unless given.' })
  entityType?: ExternalEntityType | null
  @Limited(limits.externalId)
  @Field(() => String, { description: 'What the outside system calls the record.' })
  externalId!: string
  @Limited(limits.url)
  @Field(() => String, {
    nullable: true,
    description: 'Where people can look at it over there: an http or https URL.',
  })
  url?: string | null
  @IdempotencyKey('Repeating the request with this key within 24 hours answers with what was made first.')
  idempotencyKey?: string | null
}

@InputType({ description: 'Which link to cut.' })
export class UnlinkExternalRefInput implements UnlinkExternalRef {
  @Field(() => ID, { description: 'The link.' })
  id!: string
  @ExpectedVersion('The version that the caller has seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@Resolver(() => ExternalRef)
export class ExternalRefResolver {
  @Query(() => ExternalRef, {
    nullable: true,
    description:
      'The link of an outside record; NOT_FOUND where nobody has linked it. For every role, and for partners.',
  })
  async externalRef(
    @Arg('system', () => String, { description: 'Key of the outside system.' }) system: string,
    @Arg('externalId', () => String, { description: 'What the outside system calls the record.' }) externalId: string,
    @Arg('entityType', () => ExternalEntityType, {
      defaultValue: ExternalEntityType.CUSTOMER,
      description: 'Kind of record over there.',
    })
    entityType: ExternalEntityType,
    @Ctx() ctx: Context,
  ): Promise<ExternalRef> {
    const link = await ctx.em.findOne(ExternalRef, { system, entityType, externalId }, { filters: false })
    // By its id, so that the audit log learns of one outside the actor's access scope.
    return requireById(ctx, ExternalRef, link?.id ?? '', externalRefPolicy.read)
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'The customer that the record stands for.' })
  customer(@Root() { customerId }: ExternalRef): Customer {
    return { id: customerId }
  }

  @Mutation(() => ExternalRef, {
    description:
      'Links a customer to a record of an outside system. The same link again answers with the first one; a record of another customer is a CONFLICT `external_ref.taken`. For admin.',
  })
  linkExternalRef(
    @Arg('input', () => LinkExternalRefInput, { description: 'The customer and the record.' })
    input: LinkExternalRefInput,
    @Ctx() ctx: Context,
  ): Promise<ExternalRef> {
    return linkExternalRef(ctx, input)
  }

  @Mutation(() => ExternalRef, {
    description: 'Cuts a link and answers with it as it was. For admin.',
  })
  unlinkExternalRef(
    @Arg('input', () => UnlinkExternalRefInput, { description: 'The link.' }) input: UnlinkExternalRefInput,
    @Ctx() ctx: Context,
  ): Promise<ExternalRef> {
    return unlinkExternalRef(ctx, input)
  }
}
