import { limits } from '@clientele/contracts'
import { Limited } from '@clientele/kit'
import { Field, ID, InputType, Int } from 'type-graphql'

@InputType({ description: 'A file that is to hang on a customer.' })
export class StageCustomerFileInput {
  @Field(() => ID, { description: 'Whose file it is.' })
  customerId!: string
  @Limited(limits.fileName)
  @Field(() => String, { description: 'Its name, such as `contract.pdf`.' })
  name!: string
  @Limited(limits.fileBytes)
  @Field(() => Int, { description: 'How large it is, in bytes: its link takes exactly so many.' })
  bytes!: number
  @Limited(limits.idempotencyKey)
  @Field(() => String, {
    nullable: true,
    description: 'Repeating the request with this key within 24 hours announces no second file.',
  })
  idempotencyKey?: string | null
}

@InputType({ description: 'Which file.' })
export class CustomerFileInput {
  @Field(() => ID, { description: 'The file.' })
  id!: string
}
