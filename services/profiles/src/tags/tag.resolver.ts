import { limits } from '@clientele/contracts'
import { type Context, ExpectedVersion, Limited, ListSize } from '@clientele/kit'
import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Customer } from '../customers/customer.entity.js'
import { tagCustomer, untagCustomer } from './tag.actions.js'
import { Tag } from './tag.entity.js'

@InputType({ description: 'Tags to take from a customer.' })
export class UntagCustomerInput {
  @Field(() => ID, { description: 'The customer.' })
  id!: string
  @Limited(limits.tags, limits.tagName)
  @Field(() => [String], {
    description: 'Names or keys of tags. All tags of the customer keep to the same limit.',
  })
  tags!: string[]
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'Tags to give to a customer.' })
export class TagCustomerInput extends UntagCustomerInput {
  @Field(() => String, { nullable: true, description: 'Colour of tags that are new: `#rrggbb`. Others keep theirs.' })
  color?: string | null
}

@Resolver(() => Customer)
export class TagResolver {
  @ListSize(limits.tags)
  @FieldResolver(() => [Tag], { description: 'What the customer is marked with, in the order of the keys.' })
  async tags(@Root() customer: Customer, @Ctx() ctx: Context): Promise<Tag[]> {
    const tags = await Promise.all(customer.tagKeys.map((key) => ctx.loaders.batch('tags', key, tagsByKey)))
    return tags.filter((tag) => tag !== null)
  }

  @ListSize(limits.tenantTags)
  @Query(() => [Tag], {
    name: 'tags',
    description: `All tags there are, retired ones too, in the order of their keys; at most ${limits.tenantTags.most}.`,
  })
  allTags(@Ctx() ctx: Context): Promise<Tag[]> {
    return ctx.em.find(Tag, { mergedIntoKey: null }, { orderBy: { key: 'asc' }, limit: limits.tenantTags.most })
  }

  @Mutation(() => Customer, {
    description: 'Gives a customer tags; new ones are created. For admin, manager, sales and service.',
  })
  tagCustomer(@Arg('input', () => TagCustomerInput) input: TagCustomerInput, @Ctx() ctx: Context) {
    return tagCustomer(ctx, input)
  }

  @Mutation(() => Customer, { description: 'Takes tags from a customer. For admin, manager, sales and service.' })
  untagCustomer(@Arg('input', () => UntagCustomerInput) input: UntagCustomerInput, @Ctx() ctx: Context) {
    return untagCustomer(ctx, input)
  }
}

const tagsByKey = async (em: Context['em'], keys: readonly string[]): Promise<(Tag | null)[]> => {
  const found = await em.find(Tag, { key: { $in: [...keys] } })
  const byKey = new Map(found.map((tag) => [tag.key, tag]))
  return keys.map((key) => byKey.get(key) ?? null)
}
