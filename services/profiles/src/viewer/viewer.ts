import { accessScopes, ListSize } from '@clientele/kit'
import { Field, ObjectType, registerEnumType } from 'type-graphql'

export const AccessScopeName = Object.fromEntries(accessScopes.map((scope) => [scope, scope])) as {
  [Scope in (typeof accessScopes)[number]]: Scope
}
registerEnumType(AccessScopeName, {
  name: 'AccessScope',
  description: 'How far somebody may go.',
  valuesConfig: {
    OWN: { description: 'What they look after, or is about themselves.' },
    TERRITORY: { description: 'Also what belongs to their territories and all below them.' },
    TENANT: { description: 'Everything of the tenant.' },
  },
})

/** How many operations and types policies may name, and fields of a type that are hidden from somebody. */
export const most = { permissions: { most: 500 }, types: { most: 200 }, fields: { most: 50 } } as const

@ObjectType({ description: 'Something that the viewer may do.' })
export class Permission {
  @Field(() => String, {
    description:
      'The query or mutation, such as `closeComplaint`, or the field on another type that it opens, such as `Customer.visits`.',
  })
  operation!: string
  @Field(() => String, { description: 'What it is about, such as `Complaint`.' })
  concept!: string
  @Field(() => String, { description: 'What the policy calls it, such as `read` or `write`.' })
  action!: string
  @Field(() => AccessScopeName, { description: 'How far they may go with it.' })
  scope!: (typeof accessScopes)[number]
}

@ObjectType({
  description:
    'What the viewer does not see of a type. Nobody can filter, sort or write by a field that they do not see, but for those in `writeOnly`, which they may enter. Types that are not listed are seen whole.',
})
export class TypeVisibility {
  @Field(() => String, { description: 'The type, such as `Customer`.' })
  type!: string
  @ListSize(most.fields)
  @Field(() => [String], { description: 'Fields that are always null for them.' })
  hidden!: string[]
  @ListSize(most.fields)
  @Field(() => [String], {
    description: 'Fields that they see of what some of their roles reach, and not of what others of their roles reach.',
  })
  partlyHidden!: string[]
  @ListSize(most.fields)
  @Field(() => [String], {
    description: 'Hidden fields that they may enter: a new value takes the place of any old one, and they see neither.',
  })
  writeOnly!: string[]
}

@ObjectType({ description: 'Who asks, and what they may do: by their token and the policies of all services.' })
export class Viewer {
  @Field(() => String, { description: "The token's `sub`." })
  subject!: string
  @ListSize({ most: 20 })
  @Field(() => [String], { description: 'Their roles, and `partner` for a partner.' })
  roles!: string[]
  @Field(() => String, { description: 'The tenant that they act for.' })
  tenant!: string
  @ListSize({ most: 50 })
  @Field(() => [String], { description: 'Paths of the territories of their token; `*` is the whole tree.' })
  territories!: string[]
}
