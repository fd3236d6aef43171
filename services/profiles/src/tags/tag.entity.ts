import { defineEntity, p } from '@mikro-orm/core'
import { Field, ID, ObjectType } from 'type-graphql'

const TagSchema = defineEntity({
  name: 'Tag',
  properties: {
    id: p.uuid().primary(),
    key: p.string(),
    name: p.string(),
    color: p.string().nullable(),
  },
})

@ObjectType({ description: 'A word that customers are marked with, created on its first use.' })
export class Tag extends TagSchema.class {
  @Field(() => ID, { description: 'UUID, given once and never reused.' })
  declare id: string
  @Field(() => String, {
    description: 'The name in lower case with `-` for blanks, unique; filters and events use it.',
  })
  declare key: string
  @Field(() => String, { description: 'The name as it was first written.' })
  declare name: string
  @Field(() => String, { nullable: true, description: 'Colour to show it in: `#rrggbb`.' })
  declare color: string | null
}
TagSchema.setClass(Tag)
