import type { EntityClass } from '@mikro-orm/core'
import { type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Context } from '../service/context.js'
import type { Replicated } from './replica-table.js'

interface Known<T> {
  known(ctx: Pick<Context, 'em'>, names: readonly string[], by: keyof T & string): Promise<readonly T[]>
}

/**
 * The key of an entity of another service, by what names it here; null where none is known by that (of what was created just now: undefined) or
 * nobody is named. One statement for all that a request asks for.
 */
export const keyNamedBy =
  <T extends Replicated>(replica: Known<T>, concept: string, by: keyof T & string) =>
  (ctx: Context, name: string | null | undefined): Promise<{ id: string } | null> | null =>
    name == null
      ? null
      : ctx.loaders.batch(`${concept}.${by}`, name, async (em, names) => {
          const found = new Map((await replica.known({ em }, names, by)).map((one) => [one[by] as string, one.id]))
          return names.map((one) => {
            const id = found.get(one)
            return id === undefined ? null : { id }
          })
        })

/** A field that tells, as a person, whom another field names by their subject. */
export interface PersonField {
  name: string
  /** The field that names them. */
  of: string
  /** The field that names the person on whose behalf a service acted. */
  instead?: string
  /** Who is named. */
  who: string
}

/** What persons are here, and how one is found by their subject. */
export interface Persons {
  type: ClassType<object>
  find(ctx: Context, subject: string | null | undefined): Promise<object | null> | null
}

/** That field of each of these types. */
export const personResolvers = (
  { name, of, instead, who }: PersonField,
  { type, find }: Persons,
  owners: readonly ClassType<object>[],
): Function[] =>
  owners.map((owner) => {
    @Resolver(() => owner)
    class PersonResolver {
      @FieldResolver(() => type, {
        nullable: true,
        description: `The member of staff who ${who}, also where they have left; null where a service did by itself, or \`${of}\` names nobody.`,
      })
      [name](@Root() root: Readonly<Record<string, string>>, @Ctx() ctx: Context): Promise<object | null> | null {
        return find(ctx, (instead === undefined ? undefined : root[instead]) ?? root[of])
      }
    }
    return PersonResolver
  })

/** What was created, and by whom. */
export interface Created {
  createdBy: string | null
  createdOnBehalfOf?: never
}

/** What a service may have created on behalf of somebody, as automations do. */
export interface CreatedOnBehalf {
  createdBy: string | null
  createdOnBehalfOf: string | null
}

/** The field `creator` of each of these entities. */
export const creatorResolvers = (
  persons: Persons,
  created: readonly EntityClass<Created>[],
  onBehalf: readonly EntityClass<CreatedOnBehalf>[] = [],
) => {
  const creator = { name: 'creator', of: 'createdBy', who: 'created it, or on whose behalf a service did' }
  return [
    ...personResolvers(creator, persons, created as never),
    ...personResolvers({ ...creator, instead: 'createdOnBehalfOf' }, persons, onBehalf as never),
  ]
}
