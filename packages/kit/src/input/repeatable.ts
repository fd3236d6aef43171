import { limits } from '@clientele/contracts'
import { Field, Int } from 'type-graphql'
import { Limited } from './limited.js'

/** The key under which a repeated request has no further effect, as a field of an input; `description` says what that means here. */
export const IdempotencyKey =
  (description: string): PropertyDecorator =>
  (target, property) => {
    Field(() => String, { nullable: true, description })(target, property as string)
    Limited(limits.idempotencyKey)(target, property)
  }

/** The version that the caller has seen, as a field of an input; another one is a CONFLICT. */
export const ExpectedVersion =
  (description: string): PropertyDecorator =>
  (target, property) => {
    Field(() => Int, { nullable: true, description })(target, property as string)
  }
