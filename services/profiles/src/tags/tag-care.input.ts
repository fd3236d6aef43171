import { limits } from '@clientele/contracts'
import { ExpectedVersion, Limited } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'

@InputType()
class TagInput {
  @Field(() => ID, { description: 'The tag.' })
  id!: string
  @ExpectedVersion('The version that you have seen; another one is a CONFLICT.')
  expectedVersion?: number | null
}

@InputType({ description: 'A change of a tag: what is left out stays, null clears colour and description.' })
export class UpdateTagInput extends TagInput {
  @Limited(limits.tagName)
  @Field(() => String, {
    nullable: true,
    description:
      'What it is called now. Its key stays; its first name and the new one both lead to it. The name of another tag is a CONFLICT: merge them; the tag that goes on may take the names of those that were merged into it.',
  })
  name?: string | null
  @Field(() => String, { nullable: true, description: 'Colour to show it in: `#rrggbb`.' })
  color?: string | null
  @Limited(limits.tagDescription)
  @Field(() => String, { nullable: true, description: 'What it says of a customer.' })
  description?: string | null
}

@InputType({ description: 'Which tag is given no longer.' })
export class RetireTagInput extends TagInput {}

@InputType({ description: 'Which tag is given again.' })
export class RestoreTagInput extends TagInput {}

@InputType({ description: 'Which tag goes on as another one.' })
export class MergeTagsInput extends TagInput {
  @Field(() => ID, { description: 'The tag that goes on: customers get it in the place of the other one.' })
  intoId!: string
}
