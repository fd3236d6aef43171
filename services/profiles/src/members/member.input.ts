import { ExpectedVersion } from '@clientele/kit'
import { Field, ID, InputType } from 'type-graphql'

type InputClass<T extends object = object> = new () => T

/** Which customer's list is changed, and the version that the caller has seen. */
export interface OfCustomer {
  customerId: string
  expectedVersion?: number | null
}

/** The input, with the customer whose list it is about. */
export const ofCustomer = <T extends object>(base: InputClass<T>): InputClass<T & OfCustomer> => {
  @InputType()
  class CustomerListInput extends (base as InputClass) {
    @Field(() => ID, { description: 'The customer.' })
    customerId!: string
    @ExpectedVersion('The version of the customer that you have seen; another one is a CONFLICT.')
    expectedVersion?: number | null
  }
  return CustomerListInput as never
}

@InputType()
class NoFields {}

/** Which entry of a customer's list. */
@InputType()
export class EntryInput extends ofCustomer(NoFields) {
  @Field(() => ID, { description: 'The entry, by its id.' })
  id!: string
}

/** All entries of a customer's list in a new order. */
@InputType()
export class EntryOrderInput extends ofCustomer(NoFields) {
  @Field(() => [ID], { description: 'The ids of all entries of the list, each once, the preferred one first.' })
  ids!: string[]
}
