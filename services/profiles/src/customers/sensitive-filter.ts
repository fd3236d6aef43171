import type { Context } from '@clientele/kit'
import { type FilterQuery, raw } from '@mikro-orm/core'
import { Field, InputType } from 'type-graphql'
import type { Customer } from './customer.entity.js'
import { type SensitiveField, sealedName } from './sensitive-values.js'

@InputType({ description: 'A condition on a value that is kept sealed.' })
export class SensitiveFilter {
  @Field(() => String, { nullable: true, description: 'Is this value, whatever its case, blanks and punctuation.' })
  eq?: string | null
}

type Condition = FilterQuery<Customer>
type Meaning = (field: SensitiveField) => (given: SensitiveFilter) => Condition

/**
 * Builds a condition that speaks of sealed values: `build` is called once to learn which, and again with what they mean, since their
 * blind indexes have to be made in between. Without any it is called once. Answers with the condition and the fields that it speaks of.
 */
export const withSealed = async (
  ctx: Pick<Context, 'keys'>,
  build: (meaning: Meaning) => Condition,
): Promise<{ where: Condition; fields: readonly SensitiveField[] }> => {
  const named = new Map<string, { field: SensitiveField; text: string }>()
  const plain = build((field) => ({ eq }) => {
    if (eq != null) named.set(`${field} ${eq}`, { field, text: eq })
    return {}
  })
  if (!named.size) return { where: plain, fields: [] }
  const conditions = new Map<string, Condition>()
  for (const [name, { field, text }] of named) {
    const { sql, params } = await ctx.keys.ownersOf(sealedName(field), text)
    conditions.set(name, { id: { $in: raw(`(${sql})`, params) } } as Condition)
  }
  const where = build(
    (field) =>
      ({ eq }) =>
        conditions.get(`${field} ${eq}`) ?? {},
  )
  return { where, fields: [...new Set([...named.values()].map(({ field }) => field))] }
}
