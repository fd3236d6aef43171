import { limits } from '@clientele/contracts'
import { DateTimeScalar, TextSize } from '@clientele/kit'
import { defineEntity, p } from '@mikro-orm/core'
import { Field, ID, Int, ObjectType } from 'type-graphql'

const TagSchema = defineEntity({
  name: 'Tag',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    key: p.string(),
    name: p.string(),
    nameKey: p.string().nullable(),
    color: p.string().nullable(),
    description: p.text().nullable(),
    retiredAt: p.datetime().nullable(),
    mergedIntoKey: p.string().nullable(),
    createdAt: p.datetime().nullable(),
    createdBy: p.string().nullable(),
    createdOnBehalfOf: p.string().nullable(),
  },
})

@ObjectType({ description: 'A word that customers are marked with, created on its first use.' })
export class Tag extends TagSchema.class {
  @Field(() => ID, { description: 'UUID, given once and never reused.' })
  declare id: string
  @Field(() => Int, { description: 'Counts the changes of this tag; hand it back as `expectedVersion`.' })
  declare version: number
  @Field(() => String, {
    description:
      'The first name in lower case with `-` for blanks, unique; filters and events use it. It stays when the tag is renamed.',
  })
  declare key: string
  @Field(() => String, { description: 'The name as it is written.' })
  declare name: string
  @Field(() => String, { nullable: true, description: 'Colour to show it in, as `#rrggbb`; null where it has none.' })
  declare color: string | null
  @TextSize(limits.tagDescription)
  @Field(() => String, { nullable: true, description: 'What it says of a customer; null where nobody wrote it.' })
  declare description: string | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when it is given no longer; customers who have it keep it. Null while it is given.',
  })
  declare retiredAt: Date | null
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was first given; null where that was not noted.',
  })
  declare createdAt: Date | null
  @Field(() => String, {
    nullable: true,
    description:
      'Subject (`sub`) of whoever first gave it: a person, or a service on behalf of one; null where that was not noted.',
  })
  declare createdBy: string | null

  declare createdOnBehalfOf: string | null
}
TagSchema.setClass(Tag)
